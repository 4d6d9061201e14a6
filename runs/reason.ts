/** Why a trainer that wrote no `end` event is gone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOG_FILE } from "../telemetry/files/folder.ts";
import type { TrainerExit } from "./launch.ts";

/** One sentence from how the process ended and the last line that it printed. */
export function exitReason(folder: string, { code, signal }: TrainerExit): string {
  // Who is killed outright has no last words: what it printed last is about something else.
  const said = signal === "SIGKILL" ? undefined : lastLine(join(folder, LOG_FILE));
  if (said) return said;
  if (signal) return `The trainer was killed by ${signal}.`;
  return `The trainer ended with status ${code} without saying why; is there room on the disk?`;
}

/** TensorFlow's own log, which says nothing of why. */
const CHATTER = /^(?:[IW]\d{4} |\d{4}-\d\d-\d\d .*: [IW] |WARNING: All log messages)/;

function lastLine(file: string): string | undefined {
  try {
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.findLast((line) => !CHATTER.test(line))?.trim() || undefined;
  } catch {
    return undefined;
  }
}
