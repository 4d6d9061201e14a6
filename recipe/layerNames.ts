import type { JSONPath } from "jsonc-parser";
import type { RecipeLayer } from "./schema.ts";

export interface NamedRecipeLayer {
  /** The recipe's name, or its type and a number that is free: `dense_1`. */
  name: string;
  layer: RecipeLayer;
  /** Where it stands in the recipe. */
  path: JSONPath;
}

/** All layers in the order in which they compute: those inside a block, then the block itself. */
export function nameLayers(layers: readonly RecipeLayer[]): NamedRecipeLayer[] {
  const all = flatten(layers, ["layers"]);
  const given = new Set(all.map(({ layer }) => layer.name));
  const counts = new Map<string, number>();
  return all.map(({ layer, path }) => {
    if (layer.name !== undefined) return { name: layer.name, layer, path };
    let count = counts.get(layer.type) ?? 0;
    do count++;
    while (given.has(`${layer.type}_${count}`));
    counts.set(layer.type, count);
    return { name: `${layer.type}_${count}`, layer, path };
  });
}

function flatten(
  layers: readonly RecipeLayer[],
  path: JSONPath,
): { layer: RecipeLayer; path: JSONPath }[] {
  return layers.flatMap((layer, i) => {
    const here = [...path, i];
    const inner = layer.type === "residual" ? flatten(layer.layers, [...here, "layers"]) : [];
    return [...inner, { layer, path: here }];
  });
}
