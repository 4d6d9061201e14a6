/** Statistics of what a layer puts out, in one pass on the GPU. */
import type * as tf from "@tensorflow/tfjs-core";
import { type ActivationFigures, NEAR, type Watched } from "../../probe/activations.ts";
import type { Gpu } from "./gpu.ts";
import type { Figures, Results } from "./results.ts";
import { SQUARE, SUM_LENGTH, sumAt } from "./squares.ts";

/** Each makes figures of its own rows, which the host puts together in 64 bits. */
const MAX_GROUPS = 64;
const ELEMENTS_PER_GROUP = 4096;
/** Pivot, mean distance from it, sum of squared distances, saturated outputs. */
const GROUP_LENGTH = 2 + SUM_LENGTH + 1;

/**
 * Squares are summed of distances from a pivot, the group's mean as far as 32 bits give it, so a deviation far smaller
 * than the mean is not lost; the mean distance puts the pivot right ("corrected two-pass", Chan, Golub and LeVeque 1983).
 * A thread keeps to the same units, so whether they are silent needs no word from others.
 */
const CODE = `
struct Frame { number: u32, rows: u32 }
struct Layer { units: u32, at: u32, low: f32, high: f32 }
@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<uniform> layer: Layer;
@group(0) @binding(2) var<storage, read_write> results: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read> outputs: array<u32>;

${SQUARE}
var<workgroup> partial: array<vec4f, 256>;
var<workgroup> saturated: atomic<u32>;

fn total(thread: u32, own: vec4f) -> vec4f {
  partial[thread] = own;
  for (var half = 128u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { partial[thread] += partial[thread + half]; }
  }
  return workgroupUniformLoad(&partial[0]);
}

fn leave(at: u32, value: f32) { atomicStore(&results[at], bitcast<u32>(value)); }

@compute @workgroup_size(256)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let units = layer.units;
  let rows = arrayLength(&outputs) / units;
  let share = (rows + groups.x - 1u) / groups.x;
  let begin = min(rows, group.x * share);
  let end = min(rows, begin + share);
  let lanes = min(units, 256u);
  let abreast = 256u / lanes;
  // Threads left over get no row.
  let first = select(end, begin + thread / lanes, thread < lanes * abreast);
  let weight = 1.0 / f32(max(1u, (end - begin) * units));

  var mean = 0.0;
  for (var unit = thread % lanes; unit < units; unit += lanes) {
    for (var row = first; row < end; row += abreast) {
      mean += bitcast<f32>(outputs[row * units + unit]) * weight;
    }
  }
  let pivot = total(thread, vec4f(mean)).x;

  var distance = 0.0;
  var squares = vec3f();
  var near = 0u;
  for (var unit = thread % lanes; unit < units; unit += lanes) {
    var seen = 0u;
    for (var row = first; row < end; row += abreast) {
      let bits = outputs[row * units + unit];
      let size = bits & 0x7fffffffu;
      let value = bitcast<f32>(bits);
      distance += (value - pivot) * weight;
      squares += square(value - pivot);
      seen |= size;
      // NaN, larger than infinity by its bits, is near nothing.
      near += u32(size <= 0x7f800000u && (value <= layer.low || value >= layer.high));
    }
    if (seen != 0u) { atomicStore(&results[layer.at + unit], frame.number); }
  }
  atomicAdd(&saturated, near);
  let sums = total(thread, vec4f(distance, squares));
  if (thread == 0u) {
    let at = layer.at + units + group.x * ${GROUP_LENGTH}u;
    leave(at, pivot);
    leave(at + 1u, sums.x);
    leave(at + 2u, sums.y);
    leave(at + 3u, sums.z);
    leave(at + 4u, sums.w);
    atomicStore(&results[at + 5u], atomicLoad(&saturated));
  }
}
`;

/** The same figures as of `ActivationProbe` on the host. */
export class DeviceActivations {
  readonly #gpu: Gpu;
  readonly #results: Results;
  readonly #watched: Watched;
  readonly #units: number;
  readonly #at: number;
  readonly #pass: GPUBuffer;
  readonly #layer: GPUBuffer;
  /** Elements of what was seen last. */
  #count = 0;
  /** Per unit: 0 where it was 0 on every example since the epoch began. */
  readonly epoch: Float32Array;

  /** @param pass a uniform buffer that starts with the number of the pass, from 1 */
  constructor(gpu: Gpu, results: Results, pass: GPUBuffer, watched: Watched) {
    this.#gpu = gpu;
    this.#results = results;
    this.#watched = watched;
    this.#pass = pass;
    this.#units = watched.shape.at(-1) ?? 1;
    this.#at = results.reserve(this.#units + MAX_GROUPS * GROUP_LENGTH);
    const settings = new ArrayBuffer(16);
    new Uint32Array(settings).set([this.#units, this.#at]);
    const low = watched.activation === "tanh" ? NEAR - 1 : NEAR;
    new Float32Array(settings).set([low, 1 - NEAR], 2);
    this.#layer = gpu.uniform(settings);
    this.epoch = new Float32Array(this.#units);
  }

  /** @param output the values of a unit or channel `units` apart */
  see(output: tf.Tensor): void {
    if (!this.#watched.measured) return;
    this.#count = output.size;
    const buffers = [this.#pass, this.#layer, this.#results.buffer, this.#gpu.bufferOf(output)];
    this.#gpu.dispatch(CODE, buffers, this.#groups);
  }

  /** @param pass the number of the pass in which it was seen */
  figures({ floats, bits }: Figures, pass: number): ActivationFigures {
    const { measured, activation } = this.#watched;
    if (!measured) return { mean: null, std: null, silent: null, saturated: null };
    const saturates = activation === "sigmoid" || activation === "tanh";
    return {
      ...momentsOf(this.#groupFigures(floats), this.#count),
      // Leaky relatives never put out exactly 0.
      silent: activation === "relu" ? this.#silent(bits, pass) : null,
      saturated: saturates ? this.#saturated(bits) : null,
    };
  }

  /** Share of units that were 0 on every example since the epoch began, and begins the next; null unless relu. */
  endEpoch(): number | null {
    const { measured, activation } = this.#watched;
    if (!measured || activation !== "relu") return null;
    const silent = this.epoch.reduce((count, active) => count + (active === 0 ? 1 : 0), 0);
    this.epoch.fill(0);
    return silent / this.#units;
  }

  get #groups(): number {
    const rows = this.#count / this.#units;
    return Math.min(MAX_GROUPS, rows, Math.ceil(this.#count / ELEMENTS_PER_GROUP));
  }

  #groupFigures(floats: Float32Array): GroupFigures[] {
    const rows = this.#count / this.#units;
    const share = Math.ceil(rows / this.#groups);
    return Array.from({ length: this.#groups }, (_, group) => {
      const at = this.#at + this.#units + group * GROUP_LENGTH;
      const own = Math.min(rows, (group + 1) * share) - Math.min(rows, group * share);
      return {
        count: own * this.#units,
        pivot: floats[at]!,
        distance: floats[at + 1]!,
        squares: sumAt(floats, at + 2),
      };
    });
  }

  #silent(bits: Uint32Array, pass: number): number {
    let silent = 0;
    for (let unit = 0; unit < this.#units; unit++) {
      if (bits[this.#at + unit] === pass) this.epoch[unit] = 1;
      else silent++;
    }
    return silent / this.#units;
  }

  #saturated(bits: Uint32Array): number {
    let count = 0;
    for (let group = 0; group < this.#groups; group++) {
      count += bits[this.#at + this.#units + (group + 1) * GROUP_LENGTH - 1]!;
    }
    return count / this.#count;
  }
}

interface GroupFigures {
  count: number;
  pivot: number;
  /** Mean distance from the pivot. */
  distance: number;
  /** Sum of squared distances from it. */
  squares: number;
}

/** Mean and population deviation of all groups together. */
function momentsOf(groups: GroupFigures[], count: number): { mean: number; std: number } {
  // Where values are not finite, neither is the pivot, and distances from it mean nothing.
  const means = groups.map(({ pivot, distance }) =>
    Number.isFinite(pivot) ? pivot + distance : pivot,
  );
  const mean = groups.reduce((sum, group, i) => sum + (group.count / count) * means[i]!, 0);
  const variance = groups.reduce((sum, group, i) => {
    const within = group.squares - group.count * group.distance ** 2;
    // Only rounding can take it below zero. NaN stays.
    return sum + (Math.max(within, 0) + group.count * (means[i]! - mean) ** 2) / count;
  }, 0);
  return { mean, std: Math.sqrt(variance) };
}
