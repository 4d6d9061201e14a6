/** What is applied to a layer's output. */
import * as tf from "@tensorflow/tfjs-core";
import type { ActivationName } from "../../recipe/names.ts";

type Activate = (x: tf.Tensor) => tf.Tensor;

/** Slope of leakyRelu below zero (Maas et al. 2013). */
const LEAK = 0.01;

/**
 * Never handed to the layer before it: the WebAssembly backend's fused ReLU turns NaN into 0, and a broken network
 * would look healthy.
 */
export const ACTIVATE: Record<ActivationName, Activate> = {
  linear: (x) => x,
  sigmoid: (x) => tf.sigmoid(x),
  // max(0, min(1, 0.2x + 0.5)), as Keras and TensorFlow.js have it; WebAssembly's clip loses NaN.
  hardSigmoid: (x) => tf.sub(1, tf.relu(tf.sub(1, tf.relu(tf.add(tf.mul(x, 0.2), 0.5))))),
  tanh: (x) => tf.tanh(x),
  // x / (1 + |x|) (Bergstra et al. 2009).
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.leakyRelu(x, LEAK),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  // x · Φ(x), Φ the normal distribution (Hendrycks and Gimpel 2016); exact, not their approximation by tanh.
  gelu: (x) => tf.mul(x, tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5)),
  // x · σ(x) (Ramachandran et al. 2017).
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  // ln(1 + eˣ) (Dugas et al. 2001).
  softplus: (x) => tf.softplus(x),
  exponential: (x) => tf.exp(x),
  softmax: (x) => tf.softmax(x),
};
