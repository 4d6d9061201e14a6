/** Shows that a backend works, by a training of a few steps. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../../telemetry/events.ts";
import { replayRun } from "../../telemetry/files/follower.ts";
import { launchTrainer } from "../launch.ts";
import { exitReason } from "../reason.ts";
import { RunRecord } from "../record.ts";
import { killTree } from "./command.ts";
import type { Kind } from "./kinds.ts";
import type { NodeProgram } from "./npm.ts";

const TIME_OUT_SECONDS = 120;
const STEPS = 5;

const RECIPE = {
  data: { generate: { type: "circles", rows: 200 } },
  layers: [
    { type: "dense", units: 8, activation: "relu" },
    { type: "dense", units: 2, activation: "softmax" },
  ],
  loss: "sparseCategoricalCrossentropy",
  optimizer: { type: "adam", learningRate: 0.01 },
  batchSize: 16,
  epochs: 1,
};

/**
 * @param trainer the bundled trainer, absolute
 * @param installed the folder that holds `node_modules`, absolute
 * @returns the device that it computed on
 * @throws {Error} one sentence; or the reason of the signal
 */
export async function prove(
  kind: Kind,
  trainer: string,
  node: NodeProgram,
  installed: string,
  signal: AbortSignal,
): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), "vitals-proof-"));
  const file = join(scratch, "proof.train.json");
  const folder = join(scratch, "run");
  writeFileSync(file, JSON.stringify(RECIPE));
  try {
    signal.throwIfAborted();
    const { pid, exited } = await launchTrainer({
      file,
      folder,
      trainer,
      node: node.path,
      env: { ...node.env, VITALS_BACKENDS: installed },
      // Not by its name, for a name is taken at its word: WebGPU would then compute in software.
      backend: "auto",
      maxSteps: STEPS,
    });
    // It is hung if it is late: it would not hear a gentler signal.
    const kill = () => killTree(pid);
    const timer = setTimeout(kill, TIME_OUT_SECONDS * 1000);
    signal.addEventListener("abort", kill);
    const exit = await exited;
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
    signal.throwIfAborted();
    const record = new RunRecord();
    replayRun(folder, (event) => record.push(event));
    const { run, end } = record;
    if (end?.status !== "completed" || !run)
      throw new Error(end?.error ?? exitReason(folder, exit));
    if (run.backend === kind) return run.device;
    throw new Error(whyRefused(kind, run));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What the trainer says of this backend where it explains its choice of another. */
function whyRefused(kind: Kind, { backend, choice }: RunEvent): string {
  const name = `${kind}: `;
  const reason = choice?.split(/; |starts: /).find((part) => part.startsWith(name));
  return reason?.slice(name.length) ?? `training takes ${backend} instead`;
}
