/** The same operation on the WebAssembly backend, completed, and on the plain JavaScript one. */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { startWasm } from "../../../../trainer/backends/wasm.ts";

export type Operation = (...inputs: never[]) => tf.Tensor;

export interface Input {
  shape: number[];
  values: Float32Array;
}

/** Numbers between −2 and 2 without a pattern. */
export function noise(shape: number[], seed = 1): Input {
  const values = Float32Array.from(
    { length: tf.util.sizeFromShape(shape) },
    (_, i) => 2 * Math.sin((i + 1) * 12.9898 * seed),
  );
  return { shape, values };
}

/** With another number at a place; NaN with the sign that 0 · ∞ gives on x86 processors. */
export function broken(input: Input, at: number, value = Number.NaN): Input {
  const values = input.values.slice();
  values[at] = value;
  if (Number.isNaN(value)) new Int32Array(values.buffer)[at] = 0xffc0_0000 | 0;
  return { ...input, values };
}

export async function useWasm(): Promise<void> {
  // Without TensorFlow.js's advertisements on the console.
  tf.enableProdMode();
  await startWasm();
}

function call(operation: Operation, inputs: tf.Tensor[]): tf.Tensor {
  return operation(...(inputs as never[]));
}

/** The result on the backend that is set. */
export function forward(operation: Operation, inputs: Input[]): Float32Array {
  return tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape));
    return call(operation, tensors).dataSync().slice() as Float32Array;
  });
}

/** The gradients by each input of the result's sum, weighted without a pattern, on the backend that is set. */
export function gradients(operation: Operation, inputs: Input[]): Float32Array[] {
  return tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape));
    const weights = (y: tf.Tensor) => tf.tensor(noise(y.shape, 7).values, y.shape);
    const loss = (...x: tf.Tensor[]) => {
      const y = call(operation, x);
      return tf.sum(tf.mul(y, weights(y)));
    };
    return tf
      .grads(loss)(tensors)
      .map((gradient) => gradient.dataSync().slice() as Float32Array);
  });
}

/** Largest difference, relative to the largest value; NaN where one has a NaN and the other has not. */
export function difference(actual: Float32Array, wanted: Float32Array): number {
  expect(actual.length).toBe(wanted.length);
  let scale = 0;
  let worst = 0;
  wanted.forEach((value, i) => {
    if (Number.isNaN(value) && Number.isNaN(actual[i])) return;
    scale = Math.max(scale, Math.abs(value));
    worst = Math.max(worst, Math.abs(value - actual[i]!));
  });
  return worst === 0 ? 0 : worst / scale;
}

/** Room for rounding in 32 bits, in another order of additions. */
export const ROUNDING = 2e-6;

/** The result on WebAssembly is that of plain JavaScript, and so are the gradients. */
export async function expectSame(operation: Operation, inputs: Input[]): Promise<void> {
  await tf.setBackend("cpu");
  const wanted = [forward(operation, inputs), ...gradients(operation, inputs)];
  await useWasm();
  const actual = [forward(operation, inputs), ...gradients(operation, inputs)];
  wanted.forEach((values, i) => {
    const what = i === 0 ? "result" : `gradient by input ${i}`;
    expect(difference(actual[i]!, values), what).toBeLessThan(ROUNDING);
  });
}

/** The gradients on WebAssembly are the numeric ones of its own results. */
export function expectNumeric(operation: Operation, inputs: Input[]): void {
  const exact = gradients(operation, inputs);
  const loss = (changed: Input[]) => {
    const y = forward(operation, changed);
    const weights = noise([y.length], 7).values;
    return y.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  };
  const h = 2 ** -7;
  inputs.forEach((input, which) => {
    for (let at = 0; at < input.values.length; at += 3) {
      const moved = (by: number) =>
        loss(inputs.with(which, broken(input, at, input.values[at]! + by)));
      const numeric = (moved(h) - moved(-h)) / (2 * h);
      expect(Math.abs(exact[which]![at]! - numeric), `input ${which}[${at}]`).toBeLessThan(3e-3);
    }
  });
}

/** Where a NaN is. */
export function nanAt(values: Float32Array): number[] {
  return [...values.keys()].filter((i) => Number.isNaN(values[i]));
}
