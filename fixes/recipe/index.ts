/** How each remedy is written into a recipe. A new remedy: one line here, and a file where it needs more. */
import type { Node } from "jsonc-parser";
import type { Finding, RemedyOffer } from "../../diagnosis/finding.ts";
import type { Anchor, RunEvent } from "../../telemetry/events.ts";
import type { TextEdit } from "../textEdit.ts";
import { insertAfter, propertyOf, setProperty } from "./edit.ts";
import { layersNamed, NotApplicable, parseRecipe, type RecipeText, section } from "./recipe.ts";

type Write = (recipe: RecipeText, remedy: RemedyOffer) => TextEdit[];

const WRITERS: Record<string, Write> = {
  "lower-learning-rate": (recipe, { value }) =>
    setProperty(recipe.text, section(recipe, "optimizer"), "learningRate", String(value)),
  "clip-by-norm": (recipe, { value }) =>
    setProperty(recipe.text, section(recipe, "optimizer"), "clipNorm", (value ?? 1).toFixed(1)),
  "he-initialization": (recipe, { layers }) =>
    layersNamed(recipe, layers).flatMap(({ node }) =>
      setProperty(recipe.text, node, "kernelInitializer", '"heNormal"'),
    ),
  "leaky-relu": (recipe, { layers }) =>
    layersNamed(recipe, layers).flatMap(({ node }) =>
      setProperty(recipe.text, node, "activation", '"leakyRelu"'),
    ),
  dropout: (recipe, { layers, value }) =>
    layersNamed(recipe, layers).flatMap(({ node }) =>
      insertAfter(recipe.text, node, `{ "type": "dropout", "rate": ${value} }`),
    ),
  "weight-decay": (recipe, { layers, value }) =>
    layersNamed(recipe, layers).flatMap(({ node }) =>
      setProperty(recipe.text, node, "kernelRegularizer", `{ "l2": ${value} }`),
    ),
  "early-stopping": (recipe, { value }) =>
    setProperty(
      recipe.text,
      recipe.root,
      "earlyStopping",
      `{ "patience": ${value}, "restoreBestWeights": true }`,
    ),
};

/** The edits of a remedy, or why there are none. */
export function recipeEdits(
  text: string,
  remedy: RemedyOffer,
): { edits: TextEdit[]; disabled?: string } {
  const write = WRITERS[remedy.id];
  if (!write) return { edits: [], disabled: `"${remedy.title}" cannot be written into a recipe.` };
  try {
    const edits = write(parseRecipe(text), remedy);
    const changes = edits.some((e) => text.slice(e.offset, e.offset + e.length) !== e.text);
    return changes ? { edits } : { edits: [], disabled: "The recipe already says so." };
  } catch (error) {
    if (error instanceof NotApplicable) return { edits: [], disabled: error.message };
    throw error;
  }
}

/** Where a finding belongs in the text as it stands now; undefined where its place is gone. */
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
