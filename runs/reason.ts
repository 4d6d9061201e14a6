/** Why a trainer that wrote no `end` event is gone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOG_FILE } from "../telemetry/files/folder.ts";
import type { TrainerExit } from "./launch.ts";

/** One sentence from how the process ended and the last line that it printed. */
export function exitReason(folder: string, { code, signal }: TrainerExit): string {
  const said = lastLine(join(folder, LOG_FILE));
  if (said) return said;
  if (signal) return `The trainer was killed by ${signal}.`;
  return `The trainer ended with status ${code} without saying why; is there room on the disk?`;
}

function lastLine(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim().split("\n").at(-1)?.trim() || undefined;
  } catch {
    return undefined;
  }
}
