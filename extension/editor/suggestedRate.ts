/** A range test's suggestion as an edit of the recipe. Pure. */
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { short } from "../../diagnosis/format.ts";
import type { RangeTest } from "../../diagnosis/rangeTest.ts";
import { recipeEdits } from "../../fixes/recipe/index.ts";
import type { TextEdit } from "../../fixes/textEdit.ts";
import type { Span } from "./place.ts";

export interface SuggestedRate {
  title: string;
  edits: TextEdit[];
}

/** Undefined where there is no suggestion, the recipe has it already, or cannot be edited. */
export function suggestedRate(text: string, { suggestion }: RangeTest): SuggestedRate | undefined {
  if (suggestion === null) return undefined;
  const title = `Set the learning rate to ${short(suggestion)} (range test: the loss falls fastest there)`;
  const id = suggestion < rateIn(text) ? "lower-learning-rate" : "raise-learning-rate";
  const remedy = { id, title, preferred: false, value: suggestion, layers: [] };
  const { edits } = recipeEdits(text, remedy);
  const changes = edits.filter(
    ({ offset, length, text: by }) => text.slice(offset, offset + length) !== by,
  );
  return changes.length > 0 ? { title, edits: changes } : undefined;
}

/** Where the optimizer's learning rate stands, or the optimizer where it does not say one. */
export function learningRatePlace(text: string): Span | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) return undefined;
  const optimizer = findNodeAtLocation(root, ["optimizer"]);
  const rate = findNodeAtLocation(root, ["optimizer", "learningRate"]);
  const { offset, length } = rate?.parent ?? optimizer?.parent ?? {};
  return offset === undefined || length === undefined ? undefined : { offset, length };
}

function rateIn(text: string): number {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return Number(root && findNodeAtLocation(root, ["optimizer", "learningRate"])?.value);
}
