/** Where a finding belongs in a recipe. */
import type { Node } from "jsonc-parser";
import type { Finding } from "../../diagnosis/finding.ts";
import type { Anchor, RunEvent } from "../../telemetry/events.ts";
import { propertyOf } from "./edit.ts";
import { parseRecipe, type RecipeText, section } from "./recipe.ts";

/** In the text as it stands now; undefined where its place is gone. */
export function locateInRecipe(
  text: string,
  finding: Finding,
  run: RunEvent,
): { offset: number; length: number } | undefined {
  let recipe: RecipeText;
  try {
    recipe = parseRecipe(text);
  } catch {
    return undefined;
  }
  const node = nodeAt(recipe, finding.anchor, run);
  return node && { offset: node.offset, length: node.length };
}

/** The anchor of the run says which part of the recipe is meant; that part is looked up in today's text. */
function nodeAt(recipe: RecipeText, anchor: Anchor | null, run: RunEvent): Node | undefined {
  const meant = (other: Anchor | null) =>
    other !== null && anchor?.line === other.line && anchor.column === other.column;
  const layer = run.layers.find((candidate) => meant(candidate.anchor));
  if (layer) return recipe.layers.find(({ name }) => name === layer.name)?.node;
  const { optimizer, loss, fit, data } = run.anchors;
  if (meant(optimizer)) {
    const settings = section(recipe, "optimizer");
    return propertyOf(settings, "learningRate") ?? settings;
  }
  if (meant(loss)) return propertyOf(recipe.root, "loss");
  if (meant(fit)) return propertyOf(recipe.root, "epochs");
  return meant(data) ? propertyOf(recipe.root, "data") : undefined;
}
