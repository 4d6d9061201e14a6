/** The loss of a batch on the GPU, and its gradient. */
import * as tf from "@tensorflow/tfjs-core";
import type { Loss, LossShader, Totals } from "../../model/losses/loss.ts";
import type { Gpu } from "./gpu.ts";
import type { Figures, Results } from "./results.ts";

const THREADS = 64;
/** Numbers that the shader leaves of a row. */
export const RECORD_LENGTH = 4;

/** One thread a row. */
const codeOf = ({ body }: LossShader) => `
struct Frame { number: u32, rows: u32, records: u32, NaN: f32 }
@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read_write> results: array<f32>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read> targets: array<f32>;
@group(0) @binding(4) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(5) var<storage, read_write> gradient: array<f32>;

const INFINITE = 0x7f800000u;
fn sizeOf(x: f32) -> u32 { return bitcast<u32>(x) & 0x7fffffffu; }

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= frame.rows) { return; }
  let NaN = frame.NaN;
  let share = 1.0 / f32(frame.rows);
  let units = arrayLength(&values) / frame.rows;
  let at = row * units;
  var record: vec4f;
  ${body}
  for (var i = 0u; i < ${RECORD_LENGTH}u; i++) {
    results[frame.records + row * ${RECORD_LENGTH}u + i] = record[i];
  }
}
`;

export class DeviceLoss {
  readonly #gpu: Gpu;
  readonly #results: Results;
  readonly #pass: GPUBuffer;
  readonly #loss: Loss;
  readonly #code: string;

  /** @param pass a uniform buffer: number of the pass, rows, where the records go, NaN */
  constructor(gpu: Gpu, results: Results, pass: GPUBuffer, loss: Loss) {
    this.#gpu = gpu;
    this.#results = results;
    this.#pass = pass;
    this.#loss = loss;
    this.#code = codeOf(loss.shader);
  }

  /**
   * @param values `rows × units`, before the activation that the loss applies
   * @returns the values after it, and the gradient of the mean loss by `values`
   */
  apply(values: tf.Tensor2D, targets: Float32Array): { outputs: tf.Tensor; gradient: tf.Tensor } {
    const [rows, units] = values.shape;
    const encoded = tf.tensor(this.#loss.shader.encode(targets, units));
    const [outputs, gradient] = [this.#gpu.output(values.shape), this.#gpu.output(values.shape)];
    const tensors = [values, encoded, outputs, gradient];
    const buffers = tensors.map((tensor) => this.#gpu.bufferOf(tensor));
    this.#gpu.dispatch(
      this.#code,
      [this.#pass, this.#results.buffer, ...buffers],
      Math.ceil(rows / THREADS),
    );
    const known = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
    return { outputs: known(outputs), gradient: known(gradient) };
  }

  /** @param at where the records start @param rowLosses filled with each row's loss */
  totals(
    { floats }: Figures,
    at: number,
    targets: Float32Array,
    units: number,
    rowLosses: Float32Array,
  ): Totals {
    const totals: Totals = { loss: 0, correct: 0 };
    for (const [row, target] of targets.entries()) {
      const from = at + row * RECORD_LENGTH;
      const record = floats.subarray(from, from + RECORD_LENGTH);
      const { loss, correct } = this.#loss.shader.finish(record, target, units);
      rowLosses[row] = loss;
      totals.loss += loss;
      if (correct) totals.correct++;
    }
    return totals;
  }
}
