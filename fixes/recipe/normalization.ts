/** Normalisation layers: between a layer and its activation (lesson 001, S1-18). */
import type { TextEdit } from "../textEdit.ts";
import { ownActivation } from "./activations.ts";
import { insertAfter, propertyOf, setProperty } from "./edit.ts";
import {
  layersNamed,
  NotApplicable,
  type PlacedRecipeLayer,
  type RecipeText,
  type Write,
} from "./recipe.ts";
import { removeProperties } from "./remove.ts";

/** The running figures follow within tens of steps, not within hundreds: a short run is validated by them too. */
const BATCH_NORMALIZATION = '{ "type": "batchNormalization", "momentum": 0.9 }';
const LAYER_NORMALIZATION = '{ "type": "layerNormalization" }';

export const writeBatchNormalization: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap((placed) => [
    ...withoutBias(recipe, placed),
    ...normalized(recipe, placed, BATCH_NORMALIZATION),
  ]);

export const writeLayerNormalization: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap((placed) =>
    placed.layer.type === "batchNormalization"
      ? [
          ...setProperty(recipe.text, placed.node, "type", '"layerNormalization"'),
          ...removeProperties(recipe.text, placed.node, ["momentum"]),
        ]
      : normalized(recipe, placed, LAYER_NORMALIZATION),
  );

export const writeMovedNormalization: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap((placed) => {
    const before = recipe.layers.findLast(
      ({ node }) => node.parent === placed.node.parent && node.offset < placed.node.offset,
    );
    const activation = before && ownActivation(before);
    if (!before || activation === "linear") {
      throw new NotApplicable(`There is no activation in front of ${placed.name} any more.`);
    }
    if (before.layer.type === "activation") return swapped(recipe, before, placed);
    return [
      ...setProperty(recipe.text, before.node, "activation", '"linear"'),
      ...insertAfter(recipe.text, placed.node, activationLayer(activation ?? "")),
    ];
  });

/** Lesson 001 (S1-21): smaller batches are too noisy for their own statistics. */
const LEAST_BATCH = 8;

/** What suits the recipe's batches. */
export function normalizationFor({ recipe: { batchSize } }: RecipeText): string {
  return batchSize !== "full" && batchSize < LEAST_BATCH
    ? LAYER_NORMALIZATION
    : BATCH_NORMALIZATION;
}

export function activationLayer(name: string): string {
  return `{ "type": "activation", "activation": "${name}" }`;
}

/** The activation moves into a layer of its own, behind the normalisation. */
function normalized(
  { text }: RecipeText,
  placed: PlacedRecipeLayer,
  normalization: string,
): TextEdit[] {
  const own = ownActivation(placed);
  if (own === "linear") return insertAfter(text, placed.node, normalization);
  return [
    ...setProperty(text, placed.node, "activation", '"linear"'),
    ...insertAfter(text, placed.node, normalization, activationLayer(own)),
  ];
}

/** Left out, the bias is left out in front of batch normalisation (lesson 001, S1-19); where it is asked for, it is not. */
export function withoutBias({ text }: RecipeText, { node }: PlacedRecipeLayer): TextEdit[] {
  return propertyOf(node, "useBias") ? setProperty(text, node, "useBias", "false") : [];
}

function swapped(
  { text }: RecipeText,
  { node: a }: PlacedRecipeLayer,
  { node: b }: PlacedRecipeLayer,
): TextEdit[] {
  return [
    { offset: a.offset, length: a.length, text: text.slice(b.offset, b.offset + b.length) },
    { offset: b.offset, length: b.length, text: text.slice(a.offset, a.offset + a.length) },
  ];
}
