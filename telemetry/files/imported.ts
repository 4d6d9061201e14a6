/** Reads what other tools recorded: finds the files of a run, and makes our events of them. */
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { TelemetryEvent } from "../events.ts";
import type { Format } from "../import/format.ts";
import { Recording } from "../import/recording.ts";
import { FORMATS, formatOf } from "../import/registry.ts";
import { eventsOf } from "../import/timeline.ts";
import { chunksOf } from "./chunks.ts";
import { reasonOf } from "./folder.ts";
import { columnsOf, readTable } from "./table.ts";

/** Folders below the one that was named; DVCLive makes one of every slash in a metric's name. */
const DEEPEST = 6;
/** Entries that are looked at before a folder counts as something else than a recording. */
const MOST = 10_000;

/** The recording cannot be read; one sentence for the user. */
export class ImportError extends Error {
  override name = "ImportError";
}

export interface Imported {
  tool: string;
  /** Records or rows that were skipped. */
  damaged: number;
  /** To be taken once. */
  events: Iterable<TelemetryEvent>;
}

/**
 * @param path a file, or a folder with the files of one run
 * @throws {ImportError} no such format, several runs, or nothing in it that tells of a training
 */
export function readImported(path: string): Imported {
  try {
    const { format, files } = filesOfRun(resolve(path));
    const recording = new Recording();
    let damaged = 0;
    for (const file of files) damaged += readFile(format, file, recording);
    if (!recording.curves.some(({ figure }) => figure.kind === "metric")) {
      throw new ImportError(nothingIn(path, format, recording));
    }
    const origin = { file: resolve(path), name: basename(resolve(path)), tool: format.tool };
    return { tool: format.tool, damaged, events: eventsOf(recording, origin) };
  } catch (error) {
    if (error instanceof ImportError || !("syscall" in (error as Error))) throw error;
    throw new ImportError(`Cannot read ${path}: ${reasonOf(error)}.`);
  }
}

interface RunFiles {
  format: Format;
  /** In the order in which they were begun, which is part of their names. */
  files: string[];
}

function filesOfRun(path: string): RunFiles {
  const files = statSync(path).isDirectory() ? filesBelow(path) : [path];
  const owned = files.map((file) => ({
    file,
    format: formatOf(slashed(file), () => columnsOf(file)),
  }));
  const format = FORMATS.find((candidate) => owned.some((other) => other.format === candidate));
  if (!format) {
    const readable = FORMATS.map((known) => known.files).join(", ");
    throw new ImportError(
      `${path}: nothing here that can be read. What can: run folders, ${readable}.`,
    );
  }
  const runs = new Map<string, string[]>();
  for (const { file } of owned.filter((other) => other.format === format)) {
    const run = format.runOf(slashed(file));
    runs.set(run, [...(runs.get(run) ?? []), file]);
  }
  // TensorBoard keeps side notes of a run, such as its hyperparameters, in folders below it.
  const own = runs.get(slashed(path)) ?? (runs.size === 1 ? [...runs.values()][0] : undefined);
  if (!own) {
    const names = [...runs.keys()].map((run) => relative(path, run)).sort();
    const shown = names.length > 5 ? [...names.slice(0, 5), "…"] : names;
    throw new ImportError(
      `${path} holds ${runs.size} runs: name one of them (${shown.join(", ")}).`,
    );
  }
  return { format, files: own.sort() };
}

function filesBelow(folder: string): string[] {
  const files: string[] = [];
  let seen = 0;
  const visit = (place: string, depth: number) => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (++seen > MOST) return;
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const inside = join(place, entry.name);
      if (entry.isFile()) files.push(inside);
      else if (entry.isDirectory() && depth < DEEPEST) visit(inside, depth + 1);
    }
  };
  visit(folder, 0);
  return files;
}

function readFile(format: Format, file: string, recording: Recording): number {
  if (format.kind === "table") {
    return readTable(file, format.open(recording, slashed(file), columnsOf(file)));
  }
  const reader = format.open(recording, basename(dirname(file)));
  for (const chunk of chunksOf(file)) reader.push(chunk);
  return reader.damaged;
}

function nothingIn(path: string, { files }: Format, { unknown }: Recording): string {
  const found = unknown.length > 0 ? ` (it has ${unknown.slice(0, 5).join(", ")})` : "";
  return `${path}: no loss or other metric of a training in these ${files}${found}.`;
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
