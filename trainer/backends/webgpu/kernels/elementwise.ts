/** Functions of each element for itself. */
import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../gpu.ts";
import { type Kernel, replaceKernel } from "./kernel.ts";

/** Of `x`, which is not NaN. */
const FUNCTIONS = {
  [tf.Exp]: "exp(x)",
  [tf.Sigmoid]: "1.0 / (1.0 + exp(-x))",
  [tf.Tanh]: "select(tanhBelow(x), -tanhBelow(-x), x > 0.0)",
  [tf.Elu]: "select(expm1Below(x), x, x > 0.0)",
  [tf.Selu]: `${tf.backend_util.SELU_SCALE} * select(${tf.backend_util.SELU_SCALEALPHA / tf.backend_util.SELU_SCALE} * expm1Below(x), x, x > 0.0)`,
};

const THREADS = 256;
const MAX_GROUPS = 65_535;

/**
 * e^x − 1 and tanh x for x ≤ 0. Near 0 by the series: a difference from 1 would leave nothing of a signal of 1e-8, and the
 * layers behind it would look dead.
 */
const BELOW = `
fn expm1Below(x: f32) -> f32 {
  if (x < -0.35) { return exp(x) - 1.0; }
  return x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0 * (1.0 + x / 7.0))))));
}
fn tanhBelow(x: f32) -> f32 {
  let e = expm1Below(2.0 * x);
  return e / (2.0 + e);
}
`;

/** @param inputs names, the first of which is let through where it is NaN */
const codeOf = (inputs: string[], expression: string) => `
${inputs.map((name, i) => `@group(0) @binding(${i}) var<storage, read> all_${name}: array<f32>;`).join("\n")}
@group(0) @binding(${inputs.length}) var<storage, read_write> results: array<f32>;
${BELOW}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < arrayLength(&results); i += groups.x * ${THREADS}u) {
    ${inputs.map((name) => `let ${name} = all_${name}[i];`).join("\n    ")}
    let isNaN = (bitcast<u32>(${inputs[0]}) & 0x7fffffffu) > 0x7f800000u;
    results[i] = select(${expression}, ${inputs[0]}, isNaN);
  }
}
`;

/**
 * TensorFlow.js's own leave it to the GPU what becomes of NaN, and on some e^NaN is infinity: a sigmoid unit would be 0
 * where the network is broken. Its tanh, elu and selu lose small numbers.
 */
export function supplyElementwise(gpu: Gpu): void {
  for (const [name, expression] of Object.entries(FUNCTIONS)) {
    const code = codeOf(["x"], expression);
    replaceKernel<{ x: tf.TensorInfo }>(
      name,
      () =>
        ({ inputs: { x } }) =>
          run(gpu, code, [x]),
    );
  }
  const code = codeOf(["y", "dy"], "select(dy * (y + 1.0), dy, y > 0.0)");
  const eluGradient: Kernel<Record<"dy" | "y", tf.TensorInfo>, object> = ({ inputs }) =>
    run(gpu, code, [inputs.y, inputs.dy]);
  replaceKernel(tf.EluGrad, () => eluGradient);
}

function run(gpu: Gpu, code: string, inputs: tf.TensorInfo[]): tf.TensorInfo {
  const [{ shape }] = inputs as [tf.TensorInfo];
  const result = gpu.output(shape);
  const buffers = [...inputs, result].map((tensor) => gpu.bufferOf(tensor));
  const groups = Math.ceil(tf.util.sizeFromShape(shape) / THREADS);
  gpu.dispatch(code, buffers, Math.min(groups, MAX_GROUPS));
  return result;
}
