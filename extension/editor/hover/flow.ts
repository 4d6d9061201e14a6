/** What comes into a layer, as far as the layers before it say: no data are looked at. */
import type { JSONPath } from "jsonc-parser";
import type { RecipeLayer } from "../../../recipe/schema.ts";

export interface Flow {
  /** Units of a row, or channels of a picture. */
  width: number | undefined;
  form: "row" | "picture" | undefined;
}

/** @param path of the layer, from the list on: `[2]`, or `[2, "layers", 0]` inside a block */
export function flowInto(layers: readonly RecipeLayer[], path: JSONPath, start: Flow): Flow {
  const [index, , ...inner] = path;
  const before = layers.slice(0, Number(index)).reduce(through, start);
  const block = layers[Number(index)];
  return inner.length > 0 && block?.type === "residual"
    ? flowInto(block.layers, inner, before)
    : before;
}

function through(flow: Flow, layer: RecipeLayer): Flow {
  switch (layer.type) {
    case "dense":
    case "rbf":
      return { width: layer.units, form: "row" };
    case "conv2d":
      return { width: layer.filters, form: "picture" };
    case "globalAveragePooling2d":
      return { width: flow.width, form: "row" };
    case "flatten":
      // How many numbers a picture makes depends on its size.
      return { width: flow.form === "row" ? flow.width : undefined, form: "row" };
    case "residual":
      return layer.layers.reduce(through, flow);
    default:
      return flow;
  }
}

/** Whether a value is a list of layers in which each at least says its type. */
export function isLayers(value: unknown): value is RecipeLayer[] {
  return (
    Array.isArray(value) &&
    value.every(
      (layer) =>
        typeof layer?.type === "string" && (layer.type !== "residual" || isLayers(layer.layers)),
    )
  );
}
