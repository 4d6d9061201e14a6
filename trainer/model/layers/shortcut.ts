/** The way around the layers of a residual block. */
import * as tf from "@tensorflow/tfjs-core";
import { DEFAULT_INITIALIZERS } from "../../../recipe/initializers.ts";
import { initialize } from "../initializers.ts";
import { type Parameter, parameter } from "../parameter.ts";
import type { BuildContext } from "./layer.ts";

export interface Shortcut {
  project(x: tf.Tensor): tf.Tensor;
  parameters: Parameter[];
}

/**
 * @param to shape of one example that the block gives
 * @throws {InputError} no linear projection leads from what comes in to that shape
 */
export function shortcut(context: BuildContext, to: number[]): Shortcut {
  const from = context.shape;
  if (from.join() === to.join()) return { project: (x) => x, parameters: [] };
  if (from.length === 1 && to.length === 1) return projectRows(context, to);
  const strides = from.length === 3 && to.length === 3 ? stridesTo(from, to) : null;
  if (strides) return projectPictures(context, to, strides);
  throw context.mistake(
    "layers",
    `The block ${context.name} makes ${to.join(" × ")} of ${from.join(" × ")} and cannot add the two: keep the height and width in it (conv2d with "padding": "same") or divide both, and put a flatten or dense layer behind it.`,
  );
}

/** A dense layer without bias. */
function projectRows(context: BuildContext, to: number[]): Shortcut {
  const kernel = kernelOf(context, [context.shape[0]!, to[0]!]);
  return { project: (x) => tf.matMul(x, kernel.variable), parameters: [kernel] };
}

/** A convolution of single pixels without bias. */
function projectPictures(context: BuildContext, to: number[], strides: [number, number]): Shortcut {
  const kernel = kernelOf(context, [1, 1, context.shape[2]!, to[2]!]);
  const project = (x: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, kernel.variable as tf.Tensor as tf.Tensor4D, strides, "valid");
  return { project, parameters: [kernel] };
}

/** The strides in height and width at which single pixels give as many as `to` has; null where none do. */
function stridesTo(from: number[], to: number[]): [number, number] | null {
  const strides = [0, 1].map((axis) => Math.ceil(from[axis]! / to[axis]!));
  const fits = strides.every((stride, axis) => Math.ceil(from[axis]! / stride) === to[axis]);
  return fits ? [strides[0]!, strides[1]!] : null;
}

/** From its last length but one to its last; every layer's default start. */
function kernelOf({ name, stream }: BuildContext, shape: number[]): Parameter {
  const variable = tf.variable(tf.zeros(shape));
  const values = initialize(DEFAULT_INITIALIZERS.kernelInitializer, shape, {
    fanIn: shape.at(-2)!,
    fanOut: shape.at(-1)!,
    activation: "linear",
    stream: stream("projection"),
  });
  return parameter(`${name}.projection`, variable, values);
}
