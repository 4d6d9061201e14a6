/** How a layer's weights start, and what they cost. */
import { activationMet } from "../../recipe/activationMet.ts";
import { automatic } from "../../recipe/initializers.ts";
import { propertyOf, setProperty } from "./edit.ts";
import { layersBehind, layersNamed, section, type Write } from "./recipe.ts";

export const writeHe: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap(({ node }) =>
    setProperty(recipe.text, node, "kernelInitializer", '"heNormal"'),
  );

/** Xavier, or what is made for the activation that the layer meets. */
export const writeXavier: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap((placed) => {
    const chain = [placed, ...layersBehind(recipe, placed)].map(({ layer }) => layer);
    const name = automatic(activationMet(chain, 0));
    return setProperty(recipe.text, placed.node, "kernelInitializer", `"${name}"`);
  });

export const writeWeightDecay: Write = (recipe, { layers, value }) =>
  layersNamed(recipe, layers).flatMap(({ node }) => {
    const penalty = propertyOf(node, "kernelRegularizer");
    return penalty
      ? setProperty(recipe.text, penalty, "l2", String(value))
      : setProperty(recipe.text, node, "kernelRegularizer", `{ "l2": ${value} }`);
  });

export const writeLessWeightDecay: Write = (recipe, { layers, value }) => {
  if (layers.length === 0) {
    return setProperty(recipe.text, section(recipe, "optimizer"), "weightDecay", String(value));
  }
  return layersNamed(recipe, layers).flatMap(({ node }) => {
    const penalty = propertyOf(node, "kernelRegularizer");
    return ["l1", "l2"].flatMap((key) => {
      const lambda = penalty && propertyOf(penalty, key);
      if (!lambda || lambda.value <= (value ?? 0)) return [];
      return setProperty(recipe.text, penalty, key, String(value));
    });
  });
};

export const writeNoBias: Write = (recipe, { layers }) =>
  layersNamed(recipe, layers).flatMap(({ node }) =>
    setProperty(recipe.text, node, "useBias", "false"),
  );
