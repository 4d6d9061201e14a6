/** Changes of activations, wherever a recipe writes them: in a layer, or as a layer behind it. */
import type { Node } from "jsonc-parser";
import type { TextEdit } from "../textEdit.ts";
import { propertyOf, setProperties, setProperty } from "./edit.ts";
import {
  layersBehind,
  layersNamed,
  NotApplicable,
  type PlacedRecipeLayer,
  type RecipeText,
  type Write,
} from "./recipe.ts";
import { removeProperties } from "./remove.ts";

/** Layers that may stand between a layer and its activation. */
const BETWEEN = ["batchNormalization", "layerNormalization", "dropout"];

export const writeLeakyRelu: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap(({ node }) =>
    setProperty(recipe.text, node, "activation", '"leakyRelu"'),
  );

export const writeRelu: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap((placed) => {
    if (placed.layer.type === "rbf") return denseForRbf(recipe.text, placed.node);
    const he = { kernelInitializer: '"heNormal"' };
    const holder = activationHolder(recipe, placed);
    return holder.node === placed.node
      ? setProperties(recipe.text, placed.node, { activation: '"relu"', ...he })
      : [
          ...setProperties(recipe.text, placed.node, he),
          ...setProperty(recipe.text, holder.node, "activation", '"relu"'),
        ];
  });

/** The layer in the text that says which activation a layer's output meets: itself, or an activation behind it. */
export function activationHolder(recipe: RecipeText, placed: PlacedRecipeLayer): PlacedRecipeLayer {
  if (ownActivation(placed) !== "linear") return placed;
  const next = layersBehind(recipe, placed).find(({ layer }) => !BETWEEN.includes(layer.type));
  return next?.layer.type === "activation" ? next : placed;
}

export function ownActivation({ layer }: PlacedRecipeLayer): string {
  return ("activation" in layer ? layer.activation : undefined) ?? "linear";
}

/** The same number of units, as a dense layer; its other settings are of no use to that. */
function denseForRbf(text: string, node: Node): TextEdit[] {
  const type = propertyOf(node, "type");
  const units = propertyOf(node, "units");
  if (!type || !units) throw new NotApplicable('The rbf layer has no "units".');
  const added = '"activation": "relu", "kernelInitializer": "heNormal"';
  return [
    { offset: type.offset, length: type.length, text: '"dense"' },
    { offset: units.offset, length: units.length, text: `${units.value}, ${added}` },
    ...removeProperties(text, node, ["width", "centers"]),
  ];
}
