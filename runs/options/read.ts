/** Reads the text of a `.vitals.json`: what the user changes of the diagnosis, or every mistake with its place. */
import { getNodeValue } from "jsonc-parser";
import type { DiagnosisOptions } from "../../diagnosis/options.ts";
import { check } from "../../recipe/check.ts";
import { type Problem, readDocument } from "../../recipe/document.ts";
import { nearest, suggestion } from "../../recipe/nearest.ts";
import { OPTIONS_SCHEMA } from "./schema.ts";

/** As `.vitals.json` and the editor's settings spell it. */
export interface WrittenOptions {
  silence?: DiagnosisOptions["silenced"];
  thresholds?: DiagnosisOptions["thresholds"];
}

export interface ReadOptions {
  /** Present when there is no problem. */
  written?: WrittenOptions;
  problems: Problem[];
}

export function readOptions(text: string): ReadOptions {
  const { root, problems, report } = readDocument(text, "file");
  if (!root) return { problems };
  check(root, OPTIONS_SCHEMA, "The file", { report, definitions: {}, spelling });
  return problems.length > 0 ? { problems } : { written: getNodeValue(root), problems };
}

/** What stands nearer to the run wins: the file over the settings, one number at a time. */
export function mergeOptions(
  settings: WrittenOptions = {},
  file: WrittenOptions = {},
): DiagnosisOptions {
  const silenced = file.silence ?? settings.silence ?? [];
  const thresholds: Record<string, Readonly<Record<string, number>>> = {};
  for (const moved of [settings.thresholds, file.thresholds]) {
    for (const [symptom, numbers] of Object.entries(moved ?? {})) {
      thresholds[symptom] = { ...thresholds[symptom], ...numbers };
    }
  }
  return { silenced, thresholds };
}

function spelling(given: string, known: readonly string[]) {
  return { meant: nearest(given, known), hint: suggestion(given, known) };
}
