/** Trains one case as a user would, `vitals train FILE --json`, and keeps what it printed. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { PID_FILE } from "../../telemetry/files/folder.ts";
import type { Program } from "./program.ts";
import { noteFile, type RecordingNote } from "./recording.ts";

/** The zoo's rule for a run. */
const LIMIT_SECONDS = 240;

/**
 * @param built folder of the command
 * @param folder of the recording; what it held is lost
 */
export async function record(
  built: string,
  folder: string,
  program: Program,
  key: string,
): Promise<RecordingNote> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = resolve(folder, program.file);
  if (!isAbsolute(program.file)) writeFileSync(file, program.text);
  const run = resolve(folder, "run");
  const started = performance.now();
  const ended = await vitals(
    built,
    ["train", file, "--json", "--run", run, "--backend", "wasm", ...program.options],
    run,
  );
  const note = { key, ...ended, seconds: (performance.now() - started) / 1000 };
  writeFileSync(noteFile(folder), JSON.stringify(note));
  return note;
}

type Ended = Pick<RecordingNote, "code" | "timedOut" | "stdout" | "stderr">;

function vitals(built: string, args: string[], run: string): Promise<Ended> {
  const child = spawn(process.execPath, [join(built, "vitals.js"), ...args]);
  const ended: Ended = { code: null, timedOut: false, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    ended.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    ended.stderr += chunk;
  });
  const timer = setTimeout(() => {
    ended.timedOut = true;
    killTrainer(run);
    child.kill("SIGKILL");
  }, LIMIT_SECONDS * 1000);
  return new Promise((fulfil) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      fulfil({ ...ended, code });
    }),
  );
}

/** It is a process of its own and outlives the command. */
function killTrainer(run: string): void {
  const file = join(run, PID_FILE);
  if (!existsSync(file)) return;
  try {
    process.kill(Number(readFileSync(file, "utf8")), "SIGKILL");
  } catch {
    // Gone already.
  }
}
