/** Starts the trainer as a process of its own: it outlives the editor, and is heard only through its run folder. */
import { spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LOG_FILE, PID_FILE, prepareRunFolder } from "../telemetry/files/folder.ts";

export interface TrainRequest {
  /** The recipe, absolute. */
  file: string;
  /** The run folder, absolute; made if it does not exist. */
  folder: string;
  /** The bundled trainer, absolute. */
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
}

/**
 * @throws {RunFolderError} where the run folder cannot be made
 * @returns once the process runs; rejects with one sentence where it cannot be started
 */
export async function launchTrainer(request: TrainRequest): Promise<Launched> {
  prepareRunFolder(request.folder);
  const options = Object.entries({
    "--epochs": request.epochs,
    "--max-steps": request.maxSteps,
    "--seed": request.seed,
    "--backend": request.backend,
    "--resume": request.resume,
    "--fold": request.fold && `${request.fold.index}/${request.fold.of}`,
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
  const log = openSync(join(request.folder, LOG_FILE), "a");
  const child = spawn(
    request.node,
    [
      request.trainer,
      "--recipe",
      request.file,
      "--run",
      request.folder,
      ...options,
      ...(request.test ? ["--test"] : []),
    ],
    {
      detached: true,
      stdio: ["ignore", log, log],
      windowsHide: true,
      env: { ...process.env, ...request.env },
    },
  );
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
  return { pid: child.pid as number, exited, interrupt: () => child.kill("SIGTERM") };
}
