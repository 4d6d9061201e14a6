/** Stop and pause, by files in the run folder: the same for every language, also after re-attaching. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PAUSE_FILE, STOP_FILE } from "../telemetry/files/folder.ts";

/** The trainer finishes its step, writes its checkpoint and ends. */
export function stopRun(folder: string): void {
  writeFileSync(join(folder, STOP_FILE), "");
}

export function pauseRun(folder: string): void {
  writeFileSync(join(folder, PAUSE_FILE), "");
}

export function resumeRun(folder: string): void {
  rmSync(join(folder, PAUSE_FILE), { force: true });
}

export function isPaused(folder: string): boolean {
  return existsSync(join(folder, PAUSE_FILE));
}
