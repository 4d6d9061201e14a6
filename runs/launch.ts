/** Starts the trainer as a process of its own: it outlives the editor, and is heard only through its run folder. */
import { spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LOG_FILE, PID_FILE, prepareRunFolder } from "../telemetry/files/folder.ts";

export interface TrainRequest {
  /** The recipe or the script, absolute. */
  file: string;
  /** The run folder, absolute; made if it does not exist. */
  folder: string;
  /** The bundled trainer, absolute; the bundled probe lies beside it. */
  trainer: string;
  /** The Node.js to run it with: never an editor's own executable. */
  node: string;
  /** What the environment needs on top of ours. */
  env?: Record<string, string>;
  epochs?: number;
  maxSteps?: number;
  seed?: number;
  backend?: string;
  /** The run folder to go on from, absolute. */
  resume?: string;
  /** The part of a k-fold cross-validation, from 1. */
  fold?: { index: number; of: number };
  /** Looks at the test set at the end. */
  test?: boolean;
  /** What is done instead of training, of recipes only; no weights are kept. */
  instead?: Instead;
  /** What a script gets on its command line. */
  scriptArguments?: readonly string[];
}

export type Instead =
  /** Looks at the data and the first forward and backward pass. */
  | { kind: "preflight" }
  /** Learns so many examples by heart. */
  | { kind: "overfitBatch"; rows: number }
  | { kind: "rangeTest" };

/** Scripts that train with TensorFlow.js, under the probe. */
const SCRIPT = /\.[cm]?js$/;

export function isScript(file: string): boolean {
  return SCRIPT.test(file);
}

export interface TrainerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Launched {
  pid: number;
  /** Never rejects. */
  exited: Promise<TrainerExit>;
  /** Asks the trainer to finish its step and end. */
  interrupt(): void;
  /** Lets this process end no earlier than the trainer. */
  stay(): void;
}

/**
 * @throws {RunFolderError} where the run folder cannot be made
 * @returns once the process runs; rejects with one sentence where it cannot be started
 */
export async function launchTrainer(request: TrainRequest): Promise<Launched> {
  prepareRunFolder(request.folder);
  const log = openSync(join(request.folder, LOG_FILE), "a");
  const { args, env } = isScript(request.file) ? scriptCommand(request) : recipeCommand(request);
  const child = spawn(request.node, args, {
    detached: true,
    stdio: ["ignore", log, log],
    windowsHide: true,
    env: { ...process.env, ...request.env, ...env },
  });
  closeSync(log);
  const exited = new Promise<TrainerExit>((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
    child.on("error", () => resolve({ code: null, signal: null }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === "ENOENT"
            ? `Node.js was not found as "${request.node}": install Node.js 20 or later, or set "vitals.node" to its path.`
            : `The trainer could not be started: ${error.message}.`,
        ),
      ),
    );
  });
  child.unref();
  writeFileSync(join(request.folder, PID_FILE), String(child.pid));
  return {
    pid: child.pid as number,
    exited,
    interrupt: () => child.kill("SIGTERM"),
    stay: () => child.ref(),
  };
}

interface CommandLine {
  args: string[];
  env?: Record<string, string>;
}

function recipeCommand(request: TrainRequest): CommandLine {
  const { trainer, file, folder, fold, test } = request;
  const options = Object.entries({
    "--epochs": request.epochs,
    "--max-steps": request.maxSteps,
    "--seed": request.seed,
    "--backend": request.backend,
    "--resume": request.resume,
    "--fold": fold && `${fold.index}/${fold.of}`,
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
  return {
    args: [
      trainer,
      "--recipe",
      file,
      "--run",
      folder,
      ...options,
      ...(test ? ["--test"] : []),
      ...insteadFlags(request.instead),
    ],
  };
}

function insteadFlags(instead: Instead | undefined): string[] {
  switch (instead?.kind) {
    case undefined:
      return [];
    case "preflight":
      return ["--preflight"];
    case "overfitBatch":
      return ["--overfit-batch", String(instead.rows)];
    case "rangeTest":
      return ["--range-test"];
  }
}

/** As the user would start it, but for the probe: its settings come by the environment, for the arguments are the script's. */
function scriptCommand(request: TrainRequest): CommandLine {
  const { trainer, file, folder, backend = "auto", maxSteps = null } = request;
  const probe = pathToFileURL(join(dirname(trainer), "probe.mjs")).href;
  return {
    args: ["--import", probe, file, ...(request.scriptArguments ?? [])],
    env: { VITALS_PROBE: JSON.stringify({ script: file, run: folder, backend, maxSteps }) },
  };
}
