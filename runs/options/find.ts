/** Finds and reads the `.vitals.json` that holds for a recipe, a script or a run folder. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../../recipe/document.ts";
import { readOptions, type WrittenOptions } from "./read.ts";

export const OPTIONS_FILE = ".vitals.json";

export interface FoundOptions {
  /** Absolute. */
  file: string;
  /** Missing where the file has mistakes. */
  written?: WrittenOptions;
  problems: Problem[];
}

/**
 * The nearest `.vitals.json` above a path, up to the root of the file system.
 * @param path absolute; of a file or folder, which need not exist
 */
export function findOptions(path: string): FoundOptions | undefined {
  for (let folder = path; folder !== dirname(folder); ) {
    folder = dirname(folder);
    const file = join(folder, OPTIONS_FILE);
    const text = textOf(file);
    if (text !== undefined) return { file, ...readOptions(text) };
  }
  return undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // there is none, or none that we may read
  }
}
