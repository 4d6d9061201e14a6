/** The Fashion-MNIST example, trained by the command that ships. */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Summary } from "../../../diagnosis/finding.ts";
import type { Recipe } from "../../../recipe/schema.ts";
import type { RunEvent } from "../../../telemetry/events.ts";
import { stream } from "../../../trainer/random.ts";
import { readRun } from "../../helpers/readRun.ts";

/** Bundled beside this one by `tools/gpu.mjs`. */
const COMMAND = join(import.meta.dirname, "vitals.js");
const SIDE = 28;
const CLASSES = 10;

export interface Training {
  /** What the run itself says it computed on. */
  backend: string;
  device: string;
  status: string;
  steps: number;
  seconds: number;
  validation: Summary["validation"];
  test: Summary["test"];
}

/** @param folder for the run @throws {Error} it did not train */
export function trainExample(recipe: string, folder: string, backend: string): Training {
  const run = join(folder, `run-${backend}`);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [COMMAND, "train", recipe, "--backend", backend, "--run", run, "--test", "--json"],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const last = stdout.trim().split("\n").at(-1);
  if (!last?.includes('"summary"')) throw new Error(`The training failed: ${stderr.trim()}`);
  const { status, steps, seconds, validation, test } = JSON.parse(last) as Summary;
  const header = readRun(run).events[0] as RunEvent;
  const { backend: used, device } = header;
  return { backend: used, device, status, steps, seconds, validation, test };
}

/**
 * The recipe as it is where its data is there; else a copy for generated pictures of the same size.
 * @param tiny generates few pictures in any case, for one epoch
 */
export function prepareExample(
  recipe: Recipe,
  file: string,
  folder: string,
  tiny: boolean,
): { file: string; data: string } {
  const { idx } = recipe.data;
  const present = Object.values(idx!).every((path) => existsSync(path));
  if (present && !tiny) return { file, data: "Fashion-MNIST" };
  const [train, test] = tiny ? [256, 64] : [6000, 1000];
  const generated = {
    images: picturesFile(folder, "train", train),
    labels: labelsFile(folder, "train", train),
    testImages: picturesFile(folder, "test", test),
    testLabels: labelsFile(folder, "test", test),
  };
  const data = { ...recipe.data, idx: generated };
  const copy = join(folder, "generated.train.json");
  const epochs = tiny ? 1 : recipe.epochs;
  writeFileSync(copy, JSON.stringify({ ...recipe, data, epochs }, null, 2));
  return { file: copy, data: `${train} generated pictures` };
}

/** The pattern of a class under noise, as an IDX file of bytes. @returns its path */
function picturesFile(folder: string, name: string, count: number): string {
  const { normal } = stream(1, name);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  for (let i = 0; i < pixels.length; i++) {
    const picture = Math.floor(i / (SIDE * SIDE));
    const at = i % (SIDE * SIDE);
    const pattern = Math.sin((1 + (picture % CLASSES)) * (at % SIDE) * 0.1 + at / SIDE / 3);
    pixels[i] = Math.max(0, Math.min(255, 128 + 60 * pattern + 50 * normal()));
  }
  return idxFile(join(folder, `${name}-images`), [count, SIDE, SIDE], pixels);
}

function labelsFile(folder: string, name: string, count: number): string {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES);
  return idxFile(join(folder, `${name}-labels`), [count], labels);
}

function idxFile(path: string, shape: number[], bytes: Uint8Array): string {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint8(2, 0x08);
  header.setUint8(3, shape.length);
  for (const [i, length] of shape.entries()) header.setUint32(4 + 4 * i, length);
  writeFileSync(path, Buffer.concat([Buffer.from(header.buffer), bytes]));
  return path;
}
