/** Trains the runs that are missing, two at a time. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { ZooCase } from "./cases.ts";
import { type Program, programOf } from "./program.ts";
import { record } from "./record.ts";
import { folderOf, keyOf, type Recording, readRecording } from "./recording.ts";

const AT_A_TIME = 2;

export interface Job {
  zooCase: ZooCase;
  seed: number;
}

export interface TrainOptions {
  /** Where the recordings are kept. */
  root: string;
  /** Trains all again. */
  fresh: boolean;
  /** Takes recordings of the same program that an older probe made. */
  keep: boolean;
  log: (line: string) => void;
}

/** @returns how many recordings of an older probe were taken */
export async function trainMissing(jobs: readonly Job[], options: TrainOptions): Promise<number> {
  let kept = 0;
  const missing: ((built: string) => Promise<void>)[] = [];
  for (const { zooCase, seed } of jobs) {
    const folder = folderOf(zooCase, seed, options.root);
    const program = await programOf(zooCase, seed, folder);
    const key = keyOf(zooCase, program.text);
    const known = options.fresh ? undefined : readRecording(zooCase, seed, options.root);
    if (known?.key === key) continue;
    if (options.keep && isKept(known, folder, program)) {
      kept++;
      continue;
    }
    missing.push(async (built) => {
      const note = await record(built, folder, program, key);
      const end = note.timedOut ? "timed out" : `exit status ${note.code}`;
      options.log(`${zooCase.id} seed ${seed}: ${end} after ${note.seconds.toFixed(1)} s`);
    });
  }
  if (missing.length === 0) return kept;
  options.log(`Training ${missing.length} of ${jobs.length} runs.`);
  const built = copyCommand(options.root);
  const work = async () => {
    for (let next = missing.shift(); next; next = missing.shift()) await next(built);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  rmSync(built, { recursive: true });
  return kept;
}

function isKept(known: Recording | undefined, folder: string, program: Program): boolean {
  if (!known?.summary) return false;
  return (
    isAbsolute(program.file) || readFileSync(join(folder, program.file), "utf8") === program.text
  );
}

/** @returns a copy that no build clears away meanwhile; there is one at a time, with its owner in it */
function copyCommand(root: string): string {
  const built = join(root, "built");
  const owner = join(built, "owner.pid");
  if (existsSync(owner) && isRunning(Number(readFileSync(owner, "utf8")))) {
    throw new Error("Another process trains the zoo already: wait for it, or score with --score.");
  }
  rmSync(built, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  cpSync("dist", built, { recursive: true, filter: (file) => !file.endsWith(".vsix") });
  writeFileSync(owner, String(process.pid));
  return built;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
