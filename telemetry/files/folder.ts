/** The run folder: its names, and how one is made. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** File names inside a run folder. */
export const EVENTS_FILE = "events.ndjson";
/** What the trainer printed. */
export const LOG_FILE = "output.log";
/** The process that writes the run, until its `run` event says so. */
export const PID_FILE = "trainer.pid";
export const WEIGHTS_FILE = "weights.safetensors";
/** What a run can be resumed from, by the updates that were made. */
export const checkpointFile = (step: number): string => `checkpoint-${step}.safetensors`;
export const CHECKPOINT_FILE = /^checkpoint-\d+\.safetensors$/;
/** A file of this name asks the trainer to finish its step and end. */
export const STOP_FILE = "stop";
/** A file of this name asks the trainer to wait until it is gone. */
export const PAUSE_FILE = "pause";

/** Where the runs of a workspace live, below its root. */
export const RUNS_FOLDER = join(".vitals", "runs");

/** Creating or writing a run folder failed; the message is one sentence for the user. */
export class RunFolderError extends Error {
  override name = "RunFolderError";
}

/**
 * Makes a new, empty run folder.
 * @param root the workspace root; the folder is `<root>/.vitals/runs/<id>`
 * @param source the recipe or script, whose name leads the id
 * @throws {RunFolderError} where it cannot be written
 */
export function createRunFolder(root: string, source: string, now = new Date()): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const stem = basename(source).replace(/\.train\.json$|\.[^.]+$/, "");
  const runs = join(root, RUNS_FOLDER);
  for (let attempt = 1; ; attempt++) {
    const folder = join(runs, `${stamp}-${stem}${attempt > 1 ? `-${attempt}` : ""}`);
    if (existsSync(folder)) continue;
    prepareRunFolder(folder);
    keepOutOfGit(dirname(runs));
    return folder;
  }
}

/**
 * Makes the named folder ready for a run: it may exist, but not hold a run already.
 * @throws {RunFolderError}
 */
export function prepareRunFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new RunFolderError(
      `Cannot create the run folder ${folder}: ${reasonOf(error)}. Choose another place with --run.`,
    );
  }
  if (existsSync(join(folder, EVENTS_FILE))) {
    throw new RunFolderError(
      `The run folder ${folder} already holds a run: name a new folder with --run.`,
    );
  }
}

/** The id of a run is the name of its folder. */
export function runId(folder: string): string {
  return basename(resolve(folder));
}

/** One phrase for the operating system's reason, without its code words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return (
    {
      EACCES: "permission denied",
      EPERM: "permission denied",
      EROFS: "the file system is read-only",
      ENOSPC: "the disk is full",
      EDQUOT: "the disk quota is used up",
      ENOTDIR: "a part of the path is a file, not a folder",
      EEXIST: "a file of that name is in the way",
      EISDIR: "it is a folder",
      ENOENT: "no such file",
    }[code] ?? (error as Error).message
  );
}

/** Recorded runs are not source: `git status` of the user's project stays as it was. */
function keepOutOfGit(vitals: string): void {
  const file = join(vitals, ".gitignore");
  if (!existsSync(file)) writeFileSync(file, "*\n");
}
