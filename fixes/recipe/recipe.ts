/** A recipe's text as the remedies edit it. */
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { RemedyOffer } from "../../diagnosis/finding.ts";
import { nameLayers } from "../../recipe/layerNames.ts";
import { readRecipe } from "../../recipe/read.ts";
import type { Recipe, RecipeLayer } from "../../recipe/schema.ts";
import type { TextEdit } from "../textEdit.ts";
import { propertyOf } from "./edit.ts";

/** Why a remedy cannot be written into this text; one sentence for the user. */
export class NotApplicable extends Error {}

export interface PlacedRecipeLayer {
  name: string;
  layer: RecipeLayer;
  node: Node;
}

export interface RecipeText {
  text: string;
  root: Node;
  recipe: Recipe;
  /** Each layer with its name and its place in the text. */
  layers: PlacedRecipeLayer[];
}

/** @throws {NotApplicable} where the text is not of the shape that the remedy changes */
export type Write = (recipe: RecipeText, remedy: RemedyOffer) => TextEdit[];

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
    recipe,
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
export function layersNamed(recipe: RecipeText, names: readonly string[]): PlacedRecipeLayer[] {
  const missing = names.find((name) => !recipe.layers.some((layer) => layer.name === name));
  if (missing) {
    throw new NotApplicable(
      `The recipe changed since this run: it has no layer ${missing} any more.`,
    );
  }
  return recipe.layers.filter(({ name }) => names.includes(name));
}

/** The layers behind one in the same list. */
export function layersBehind(recipe: RecipeText, { node }: PlacedRecipeLayer): PlacedRecipeLayer[] {
  return recipe.layers.filter(
    (other) => other.node.parent === node.parent && other.node.offset > node.offset,
  );
}

/** An object that every valid recipe has. */
export function section(
  recipe: RecipeText,
  key: "data" | "optimizer" | "loss" | "epochs" | "layers",
): Node {
  return required(recipe.root, key, "The recipe");
}

/** @throws {NotApplicable} where it is not there */
export function required(object: Node, key: string, owner: string): Node {
  const node = propertyOf(object, key);
  if (!node) throw new NotApplicable(`${owner} has no "${key}" that could be changed.`);
  return node;
}
