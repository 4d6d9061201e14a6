/** The examples that `fit` is given, and which of them it trains on. */
import type * as tf from "@tensorflow/tfjs-core";
import type { View } from "../backends/hostExecutor.ts";
import type { Rows } from "../data/figures/rows.ts";
import type { Core } from "./tensorflow.ts";

/** One tensor, or one for each input or output of the model, in their order or by name. */
export type Tensors = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;

/** The rows `from` … `to − 1` of what the script passed. */
export interface Part {
  x: Tensors;
  y: Tensors;
  from: number;
  to: number;
}

export interface FitData {
  train: Part;
  validation: Part | null;
}

interface ValidationArguments {
  validationData?: unknown;
  validationSplit?: number;
}

/** As TensorFlow.js splits them: the last rows are for validation. */
export function fitData(x: Tensors, y: Tensors, args: ValidationArguments): FitData {
  const rows = rowsOf(x);
  const { validationData, validationSplit = 0 } = args;
  if (Array.isArray(validationData) && validationData.length > 0) {
    const [vx, vy] = validationData as [Tensors, Tensors];
    return {
      train: { x, y, from: 0, to: rows },
      validation: { x: vx, y: vy, from: 0, to: rowsOf(vx) },
    };
  }
  if (!(validationSplit > 0 && validationSplit < 1)) {
    return { train: { x, y, from: 0, to: rows }, validation: null };
  }
  const split = Math.floor(rows * (1 - validationSplit));
  return { train: { x, y, from: 0, to: split }, validation: { x, y, from: split, to: rows } };
}

export function rowsOf(tensors: Tensors): number {
  return firstOf(tensors).shape[0] ?? 0;
}

export function firstOf(tensors: Tensors): tf.Tensor {
  return isTensor(tensors) ? tensors : (Object.values(tensors)[0] as tf.Tensor);
}

function isTensor(tensors: Tensors): tensors is tf.Tensor {
  return "dataId" in tensors && "shape" in tensors;
}

/** At most the first `most` rows, as new tensors; those that were passed where they are all of them. */
export function firstRows(core: Core, { x, y, from, to }: Part, most: number): [Tensors, Tensors] {
  const count = Math.min(most, to - from);
  const cut = (tensor: tf.Tensor) =>
    from === 0 && count === tensor.shape[0] ? tensor : core.slice(tensor, from, count);
  return [mapTensors(x, cut), mapTensors(y, cut)];
}

function mapTensors(tensors: Tensors, change: (tensor: tf.Tensor) => tf.Tensor): Tensors {
  if (Array.isArray(tensors)) return tensors.map(change);
  if (isTensor(tensors)) return change(tensors);
  return Object.fromEntries(Object.entries(tensors).map(([name, each]) => [name, change(each)]));
}

/** Of the first input and the first output. */
export function numbersOf(view: View, { x, y, from, to }: Part): Rows {
  const read = (tensor: tf.Tensor): Float32Array => {
    const width = tensor.size / (tensor.shape[0] ?? 1);
    const values = view(tensor).subarray(from * width, to * width);
    return values instanceof Float32Array ? values : Float32Array.from(values);
  };
  return { rows: to - from, inputs: read(firstOf(x)), targets: read(firstOf(y)) };
}
