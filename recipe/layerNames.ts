import type { RecipeLayer } from "./schema.ts";

/** The name of each layer: the one given, else its type and how many of that type have come: `dense_2`. */
export function layerNames(layers: readonly RecipeLayer[]): string[] {
  const counts = new Map<string, number>();
  return layers.map(({ type, name }) => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return name ?? `${type}_${count}`;
  });
}
