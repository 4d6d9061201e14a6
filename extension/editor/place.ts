/** Where a finding and its evidence stand in the text as it is now. Pure: offsets in, offsets out. */
import type { Evidence, Finding } from "../../diagnosis/finding.ts";
import { locateFinding } from "../../fixes/fix.ts";
import { nameLayers } from "../../recipe/layerNames.ts";
import { type ReadRecipe, readRecipe } from "../../recipe/read.ts";
import type { Anchor, RunEvent } from "../../telemetry/events.ts";

/** A stretch of the text. */
export interface Span {
  offset: number;
  length: number;
}

/** A piece of evidence or a consequence, and what of the source it is about. */
export interface Related {
  text: string;
  span: Span;
}

/** Where the finding stands now; where its place is gone, the line on which it stood when it was found. */
export function placeFinding(text: string, finding: Finding, run: RunEvent): Span {
  const span = locateFinding(text, finding, run);
  return span ? headOf(text, span) : lineOf(text, finding.anchor);
}

/** The first entry stands for a whole object: a mark that is longer than the window hides its own quick fix. */
function headOf(text: string, { offset, length }: Span): Span {
  const head = /^[{[][^,\r\n]*/.exec(text.slice(offset, offset + length))?.[0].trimEnd();
  return { offset, length: head?.length ?? length };
}

/** Each piece of evidence at the layer, or at the setting, that it is about. */
export function placeEvidence(text: string, finding: Finding, run: RunEvent): Related[] {
  const recipe = readRecipe(text);
  return finding.evidence.map((evidence) => ({
    text: evidence.text,
    span: spanOf(recipe, evidence, run),
  }));
}

/** Each consequence where it would stand by itself. */
export function placeConsequences(
  text: string,
  consequences: readonly Finding[],
  run: RunEvent,
): Related[] {
  return consequences.map((finding) => ({
    text: `leads to ${finding.symptom}: ${finding.message}`,
    span: placeFinding(text, finding, run),
  }));
}

function spanOf(recipe: ReadRecipe, { layer, metric }: Evidence, run: RunEvent): Span {
  const named = recipe.recipe && nameLayers(recipe.recipe.layers);
  const path = named?.find(({ name }) => name === layer)?.path;
  const index = run.layers.findIndex(({ name }) => name === layer);
  if (path) return recipe.locate(path);
  if (!named && index >= 0) return recipe.locate(["layers", index]);
  if (metric.startsWith("validation.") || metric.startsWith("train.")) {
    return recipe.locate(["epochs"]);
  }
  return recipe.locate(["optimizer"]);
}

/** The line of the anchor from its column on, without the blanks at its end; the first line without an anchor. */
function lineOf(text: string, anchor: Anchor | null): Span {
  const lines = text.split("\n");
  const row = Math.min((anchor?.line ?? 1) - 1, lines.length - 1);
  const line = (lines[row] ?? "").trimEnd();
  const column = Math.min((anchor?.column ?? 1) - 1, line.length);
  const before = lines.slice(0, row).reduce((sum, l) => sum + l.length + 1, 0);
  return { offset: before + column, length: line.length - column };
}
