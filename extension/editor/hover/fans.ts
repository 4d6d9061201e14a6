import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import { csv } from "../../../recipe/data/csv.ts";
import { nameLayers } from "../../../recipe/layerNames.ts";
import { LAYERS } from "../../../recipe/layers/index.ts";
import type { LayerInfo, RunEvent } from "../../../telemetry/events.ts";
import { type Flow, flowInto, isLayers } from "./flow.ts";
import { valueAt } from "./readable.ts";

/** What a layer's weights connect, as far as it is known. */
export interface Fans {
  fanIn: number | undefined;
  /** Where that is from. */
  source: "recipe" | "run";
  fanOut: number | undefined;
  /** Units, or filters. */
  units: number | undefined;
  /** Places in a convolution's window; 1 in a dense layer. */
  window: number | undefined;
}

/**
 * From the recipe as it is written now; what it leaves open, from its last run.
 * @param path of a dense or conv2d layer
 */
export function fansOf(
  root: Node,
  path: JSONPath,
  type: "dense" | "conv2d",
  lastRun: RunEvent | undefined,
): Fans {
  const { dense, conv2d } = LAYERS;
  const units =
    type === "dense"
      ? valueAt(root, [...path, "units"], dense.properties.units)
      : valueAt(root, [...path, "filters"], conv2d.properties.filters);
  const size = valueAt(root, [...path, "kernelSize"], conv2d.properties.kernelSize);
  const window = type === "dense" ? 1 : areaOf(size);
  const written = product(window, widthInto(root, path));
  const last = layerOf(root, path, type, lastRun);
  return {
    fanIn: written ?? last?.fanIn ?? undefined,
    source: written === undefined ? "run" : "recipe",
    fanOut: product(window, units) ?? last?.fanOut ?? undefined,
    units,
    window,
  };
}

function layersOf(root: Node) {
  const node = findNodeAtLocation(root, ["layers"]);
  const layers: unknown = node && getNodeValue(node);
  return isLayers(layers) ? layers : undefined;
}

function widthInto(root: Node, path: JSONPath): number | undefined {
  const channels = valueAt(root, ["data", "shape"], csv.shape)?.[2];
  const start: Flow = { width: channels, form: channels === undefined ? undefined : "picture" };
  const layers = layersOf(root);
  const width = layers && flowInto(layers, path.slice(1), start).width;
  return typeof width === "number" ? width : undefined;
}

/** The same layer in the last run, if it was of the same type. */
function layerOf(
  root: Node,
  path: JSONPath,
  type: string,
  lastRun: RunEvent | undefined,
): LayerInfo | undefined {
  const place = JSON.stringify(path);
  const named = nameLayers(layersOf(root) ?? []).find((l) => JSON.stringify(l.path) === place);
  return lastRun?.layers.find((layer) => layer.name === named?.name && layer.type === type);
}

function areaOf(size: number | number[] | undefined): number | undefined {
  if (size === undefined) return undefined;
  const [height, width] = typeof size === "number" ? [size, size] : size;
  return product(height, width);
}

function product(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}
