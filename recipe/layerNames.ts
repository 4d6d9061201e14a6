import type { RecipeLayer } from "./schema.ts";

/** The recipe's name for each layer, or its type and a number that is free: `dense_1`. */
export function layerNames(layers: readonly RecipeLayer[]): string[] {
  const given = new Set(layers.map(({ name }) => name));
  const counts = new Map<string, number>();
  return layers.map(({ type, name }) => {
    if (name !== undefined) return name;
    let count = counts.get(type) ?? 0;
    do count++;
    while (given.has(`${type}_${count}`));
    counts.set(type, count);
    return `${type}_${count}`;
  });
}
