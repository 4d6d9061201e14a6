/** What is applied to a layer's output. */
import * as tf from "@tensorflow/tfjs-core";
import type { ActivationName } from "../../recipe/names.ts";

type Activate = (x: tf.Tensor2D) => tf.Tensor2D;

/** Slope of leakyRelu below zero (Maas et al. 2013). */
const LEAK = 0.01;

/**
 * Never handed to the dense layer itself: the WebAssembly backend's fused ReLU turns NaN into 0, and a broken network
 * would look healthy.
 */
export const ACTIVATE: Record<ActivationName, Activate> = {
  linear: (x) => x,
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.leakyRelu(x, LEAK),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  softmax: (x) => tf.softmax(x),
};
