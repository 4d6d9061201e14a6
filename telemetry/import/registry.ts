/** Every format of other tools that can be read. A new one: one file and one line here. */
import { dvclive } from "./dvclive.ts";
import type { Format } from "./format.ts";
import { kerasCsv } from "./kerasCsv.ts";
import { lightningCsv } from "./lightningCsv.ts";
import { tfevents } from "./tfevents.ts";

/** The first that owns a file reads it. */
export const FORMATS: readonly Format[] = [tfevents, dvclive, lightningCsv, kerasCsv];

/** @param columns reads those of the file's first line, asked where the format is a table */
export function formatOf(path: string, columns: () => readonly string[]): Format | undefined {
  return FORMATS.find((format) => format.owns(path, columns));
}
