/** The `.vitals.json` that holds for a recipe, a script or a run folder. */
import { relative } from "node:path";
import type { DiagnosisOptions } from "../diagnosis/options.ts";
import { findOptions } from "../runs/options/find.ts";
import { mergeOptions } from "../runs/options/read.ts";
import { InputError } from "./errors.ts";

/**
 * @param path absolute
 * @throws {InputError} where the file has mistakes: one line each
 */
export function optionsFor(path: string): DiagnosisOptions {
  const found = findOptions(path);
  if (!found) return {};
  const shown = relative(process.cwd(), found.file);
  if (!found.written) {
    throw new InputError(
      found.problems
        .map(({ line, column, message }) => `${shown}:${line}:${column}: ${message}`)
        .join("\n"),
    );
  }
  return mergeOptions({}, found.written);
}
