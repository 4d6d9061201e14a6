/** A recipe's text as the remedies edit it. */
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import { nameLayers } from "../../recipe/layerNames.ts";
import { readRecipe } from "../../recipe/read.ts";
import type { RecipeLayer } from "../../recipe/schema.ts";
import { propertyOf } from "./edit.ts";

/** Why a remedy cannot be written into this text; one sentence for the user. */
export class NotApplicable extends Error {}

export interface RecipeText {
  text: string;
  root: Node;
  /** Each layer with its name and its place in the text. */
  layers: { name: string; layer: RecipeLayer; node: Node }[];
}

/** @throws {NotApplicable} where the text is not a valid recipe at the moment */
export function parseRecipe(text: string): RecipeText {
  const { recipe, problems } = readRecipe(text);
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!recipe || !root) {
    throw new NotApplicable(
      `Correct line ${problems[0]?.line ?? 1} of the recipe first: ${problems[0]?.message}`,
    );
  }
  return {
    text,
    root,
    layers: nameLayers(recipe.layers).flatMap(({ name, layer, path }) => {
      const node = findNodeAtLocation(root, path);
      return node ? [{ name, layer, node }] : [];
    }),
  };
}

/**
 * The layers of those names, in the recipe's order.
 * @throws {NotApplicable} where one is gone
 */
export function layersNamed(recipe: RecipeText, names: readonly string[]): RecipeText["layers"] {
  const missing = names.find((name) => !recipe.layers.some((layer) => layer.name === name));
  if (missing) {
    throw new NotApplicable(
      `The recipe changed since this run: it has no layer ${missing} any more.`,
    );
  }
  return recipe.layers.filter(({ name }) => names.includes(name));
}

/** An object that every valid recipe has. */
export function section(recipe: RecipeText, key: "optimizer" | "epochs" | "layers"): Node {
  const node = propertyOf(recipe.root, key);
  if (!node) throw new NotApplicable(`The recipe has no "${key}".`);
  return node;
}
