/** A recorded run of a case: its folder, what was trained, and what `vitals train --json` printed. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Summary } from "../../diagnosis/finding.ts";
import type { ZooCase } from "./cases.ts";

/** Git-ignored: recordings are made again where they are missing. */
export const RECORDINGS = join(".vitals", "zoo");

/** Written beside the run folder when the command has ended. */
export interface RecordingNote {
  /** Of the program's text and of the bundle that measured it. */
  key: string;
  /** Exit status; null where it was killed. */
  code: number | null;
  timedOut: boolean;
  seconds: number;
  /** What stood on stdout. */
  stdout: string;
  stderr: string;
}

export interface Recording extends RecordingNote {
  zooCase: ZooCase;
  seed: number;
  /** The run folder. */
  run: string;
  printed: Finding[];
  summary: Summary | undefined;
  /** Lines on stdout that are neither a finding nor the summary. */
  foreignLines: number;
}

export const folderOf = (zooCase: ZooCase, seed: number, root: string): string =>
  join(root, `${zooCase.id}-${seed}`);
export const noteFile = (folder: string): string => join(folder, "recording.json");

/** @param text of the program; a recipe is measured by the trainer, a script by the probe */
export function keyOf(zooCase: ZooCase, text: string): string {
  const bundle = join("dist", zooCase.recipe ? "trainer.cjs" : "probe.cjs");
  const data = join("test", "zoo", "cases", "data.mjs");
  const hash = createHash("sha256").update(text);
  for (const file of [bundle, data]) if (existsSync(file)) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** Undefined where that run was not recorded to its end. */
export function readRecording(zooCase: ZooCase, seed: number, root: string): Recording | undefined {
  const folder = folderOf(zooCase, seed, root);
  if (!existsSync(noteFile(folder))) return undefined;
  const note = JSON.parse(readFileSync(noteFile(folder), "utf8")) as RecordingNote;
  const lines = note.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map(printedLine);
  return {
    ...note,
    zooCase,
    seed,
    run: join(folder, "run"),
    printed: lines.filter((line) => line?.kind === "finding"),
    summary: lines.find((line) => line?.kind === "summary"),
    foreignLines: lines.filter((line) => line === undefined).length,
  };
}

function printedLine(line: string): Finding | Summary | undefined {
  try {
    const value = JSON.parse(line);
    return value?.kind === "finding" || value?.kind === "summary" ? value : undefined;
  } catch {
    return undefined;
  }
}
