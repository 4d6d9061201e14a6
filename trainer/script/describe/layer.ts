/** Layers of the `run` event. */
import type { LayerVariable } from "@tensorflow/tfjs-layers";
import type { LayerInfo } from "../../../telemetry/events.ts";
import { made } from "../origins.ts";
import type { Layers } from "../tensorflow.ts";
import { initializerText } from "./initializer.ts";
import { lowerFirst, typeName } from "./spelling.ts";

export type Layer = InstanceType<Layers["layers"]["Layer"]>;
export type Model = InstanceType<Layers["LayersModel"]>;

/** What layers of one kind or another have; which, only looking tells. */
interface Parts {
  layers?: Layer[];
  activation?: { getClassName(): string };
  kernel?: LayerVariable;
  depthwiseKernel?: LayerVariable;
  kernelInitializer?: object;
  depthwiseInitializer?: object;
  kernelRegularizer?: { l1?: number; l2?: number };
  useBias?: boolean;
  rate?: number;
}

/** Layers that are an activation and nothing else. */
const ACTIVATION_LAYERS: Record<string, string> = {
  ReLU: "relu",
  LeakyReLU: "leakyRelu",
  PReLU: "prelu",
  ELU: "elu",
  Softmax: "softmax",
  ThresholdedReLU: "thresholdedRelu",
};

/** All that compute something, in their order; those of a nested model in its place, each once. */
export function layersOf(model: { layers: Layer[] }): Layer[] {
  const all = model.layers.flatMap((layer) => {
    const nested = (layer as Parts).layers;
    return Array.isArray(nested) ? layersOf({ layers: nested }) : [layer];
  });
  return [...new Set(all)].filter((layer) => layer.getClassName() !== "InputLayer");
}

/** The weights that training changes, or would if the layer were not frozen. */
export function parametersOf(layer: Layer): LayerVariable[] {
  return layer.trainable ? layer.trainableWeights : layer.weights;
}

/** The weights of a layer's connections; its last axis is that of units or channels. */
export function kernelOf(layer: Layer): LayerVariable | undefined {
  return (layer as Parts).kernel;
}

export function activationOf(layer: Layer): string | null {
  const { activation } = layer as Parts;
  if (typeof activation?.getClassName === "function") return lowerFirst(activation.getClassName());
  return ACTIVATION_LAYERS[layer.getClassName()] ?? null;
}

/** Length of each axis of one example that goes out; null where it is not known. */
export function shapeOf(layer: Layer): number[] | null {
  const { outputShape } = layer;
  const [, ...shape] = (Array.isArray(outputShape[0]) ? outputShape[0] : outputShape) as (
    | number
    | null
  )[];
  return shape.every((length) => typeof length === "number") ? (shape as number[]) : null;
}

/** @param optimized the weights that the optimizer holds */
export function describeLayer(layer: Layer, optimized: ReadonlySet<LayerVariable>): LayerInfo {
  const parts = layer as Parts;
  const parameters = parametersOf(layer);
  const { l1, l2 } = parts.kernelRegularizer ?? {};
  const initializer = parts.depthwiseInitializer ?? parts.kernelInitializer;
  return {
    name: layer.name,
    type: typeName(layer.getClassName()),
    activation: activationOf(layer),
    units: shapeOf(layer)?.at(-1) ?? null,
    parameters: parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    ...fans(parts),
    initializer: initializer ? initializerText(initializer) : null,
    anchor: made.of(layer),
    ...(parameters.length > 0 && {
      trainable: parameters.some((each) => optimized.has(each)) || isForgotten(layer, optimized),
    }),
    ...(layer.getClassName().endsWith("Dropout") && { rate: parts.rate ?? 0 }),
    ...(l1 && { l1 }),
    ...(l2 && { l2 }),
    ...(typeof parts.useBias === "boolean" && { bias: parts.useBias }),
    ...(layer.getClassName() === "Add" && { skip: true }),
  };
}

/** Whether it could learn, but the optimizer holds none of its weights: frozen while the model was compiled. */
export function isForgotten(layer: Layer, optimized: ReadonlySet<LayerVariable>): boolean {
  const weights = layer.trainableWeights.filter(({ trainable }) => trainable);
  return layer.trainable && weights.length > 0 && !weights.some((each) => optimized.has(each));
}

/** Inputs and outputs of a unit, through all places of a convolution's window. */
function fans({ kernel, depthwiseKernel }: Parts): Pick<LayerInfo, "fanIn" | "fanOut"> {
  const shape = (depthwiseKernel ?? kernel)?.shape;
  if (!shape || shape.length < 2) return { fanIn: null, fanOut: null };
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  const window = sizeOf(shape.slice(0, -2));
  return depthwiseKernel
    ? { fanIn: window, fanOut: window * outputs }
    : { fanIn: window * inputs, fanOut: window * outputs };
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, length) => product * (length ?? 1), 1);
}
