/** Bundles the trainer from source and runs it as the subprocess that it is. */
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { decode } from "../../telemetry/codec.ts";
import type {
  EndEvent,
  EpochEvent,
  RunEvent,
  StepEvent,
  TelemetryEvent,
} from "../../telemetry/events.ts";

export interface TrainerResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** A bundle in a folder of its own, with room for recipes and runs beside it. */
export class TrainerBench {
  readonly folder = mkdtempSync(join(tmpdir(), "vitals-trainer-"));
  readonly #bundle = join(this.folder, "trainer.cjs");
  #runs = 0;

  constructor() {
    buildSync({
      entryPoints: ["trainer/main.ts"],
      outfile: this.#bundle,
      bundle: true,
      platform: "node",
      format: "cjs",
      alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
      logLevel: "error",
    });
    const require = createRequire(import.meta.url);
    const backend = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
    const file = "tfjs-backend-wasm-simd.wasm";
    copyFileSync(join(backend, "wasm-out", file), join(this.folder, file));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Writes a file beside the bundle. @returns its path */
  write(name: string, content: string | object): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  newRunFolder(): string {
    const run = join(this.folder, `run-${++this.#runs}`);
    mkdirSync(run);
    return run;
  }

  /** On the backend that is on every machine, unless `args` name another. */
  start(recipe: string, run: string, args: string[] = [], env: Record<string, string> = {}) {
    const backend = args.includes("--backend") ? [] : ["--backend", "wasm"];
    const child: ChildProcess = spawn(
      process.execPath,
      [this.#bundle, "--recipe", recipe, "--run", run, ...backend, ...args],
      { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } },
    );
    let stderr = "";
    child.stderr!.on("data", (chunk) => {
      stderr += chunk;
    });
    const done = new Promise<TrainerResult>((fulfil) =>
      child.on("close", (code, signal) => fulfil({ code, signal, stderr })),
    );
    return { child, done };
  }

  /** Runs to the end, and decodes what was recorded. */
  async train(recipe: string, args: string[] = [], env: Record<string, string> = {}) {
    const run = this.newRunFolder();
    const result = await this.start(recipe, run, args, env).done;
    return { ...result, run, ...recorded(run) };
  }
}

/** Every event of a run folder; a line that is none is an error. */
export function recorded(run: string) {
  const text = readFileSync(join(run, "events.ndjson"), "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const events: TelemetryEvent[] = whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const decoded = decode(line);
      if ("event" in decoded) return decoded.event;
      throw new Error(`not an event: ${line}`);
    });
  const of = <E extends TelemetryEvent>(kind: E["kind"]) =>
    events.filter((event): event is E => event.kind === kind);
  return {
    text,
    events,
    header: of<RunEvent>("run")[0],
    steps: of<StepEvent>("step"),
    epochs: of<EpochEvent>("epoch"),
    end: of<EndEvent>("end")[0],
  };
}

/** What was recorded of the training itself: the same for the same training, whenever and wherever it runs. */
export function story(run: string) {
  const { steps, epochs, end } = recorded(run);
  const timeless = <E extends { seconds: number }>({ seconds: _, ...rest }: E) => rest;
  return {
    steps: steps.map(timeless),
    epochs: epochs.map(timeless),
    end: end && timeless(end),
    weights: readTensors(run),
  };
}

/** Shape and raw bytes of each value of a safetensors file, by name. */
export function readTensors(
  run: string,
  file = "weights.safetensors",
): Record<string, { shape: number[]; bytes: string }> {
  const buffer = readFileSync(join(run, file));
  const length = Number(buffer.readBigUInt64LE(0));
  const { __metadata__: _, ...header } = JSON.parse(buffer.toString("utf8", 8, 8 + length));
  const values = buffer.subarray(8 + length);
  type Entry = { shape: number[]; data_offsets: [number, number] };
  return Object.fromEntries(
    Object.entries(header as Record<string, Entry>).map(([name, { shape, data_offsets }]) => [
      name,
      { shape, bytes: values.subarray(...data_offsets).toString("hex") },
    ]),
  );
}

/** Waits until the condition holds, at most 20 seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("waited 20 seconds in vain");
}

/** A table of `rows` examples of `features` inputs in `classes` separable clusters. */
export function clusters(rows: number, features: number, classes: number): string {
  const lines = [
    [...Array(features).keys()]
      .map((i) => `x${i}`)
      .concat("y")
      .join(","),
  ];
  for (let r = 0; r < rows; r++) {
    const label = r % classes;
    const inputs = [...Array(features).keys()].map((i) =>
      (Math.sin(label * 7 + i) * 2 + Math.sin(r * 12.9898 + i * 78.233)).toFixed(4),
    );
    lines.push([...inputs, label].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** A small recipe that trains in milliseconds. */
export function recipe(overrides: Record<string, unknown> = {}) {
  return {
    data: { csv: "clusters.csv", label: "y" },
    layers: [
      {
        type: "dense",
        name: "hidden",
        units: 8,
        activation: "relu",
        kernelInitializer: "heNormal",
      },
      { type: "dense", units: 3, activation: "softmax" },
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: { type: "adam", learningRate: 0.01 },
    batchSize: 16,
    epochs: 3,
    ...overrides,
  };
}
