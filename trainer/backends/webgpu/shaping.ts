/** What happens to a gradient on the GPU before it is followed: as in `optimizers/shape.ts`. */
import type { Parameter } from "../../model/parameter.ts";
import type { Gpu } from "./gpu.ts";
import { ROOT, SQUARE, SUM_LENGTH } from "./squares.ts";

/** Needs `@group(0) @binding(0) var<uniform> parameter: Parameter`. */
export const SHAPING = `
struct Parameter { at: u32, normAt: u32, l1: f32, l2: f32, cap: u32 }

fn penalized(gradient: f32, weight: f32) -> f32 {
  if (parameter.l1 == 0.0 && parameter.l2 == 0.0) { return gradient; }
  return gradient + parameter.l1 * sign(weight) + 2.0 * parameter.l2 * weight;
}

fn capped(gradient: f32) -> f32 {
  // By the bits, because compilers may assume that there is no NaN: it stays.
  let size = bitcast<u32>(gradient) & 0x7fffffffu;
  if (size <= parameter.cap || size > 0x7f800000u) { return gradient; }
  return select(bitcast<f32>(parameter.cap), -bitcast<f32>(parameter.cap), gradient < 0.0);
}
`;

const THREADS = 256;
const MAX_GROUPS = 64;
const ELEMENTS_PER_GROUP = 2048;

/** Sums of squares of one parameter's gradient, one sum a workgroup. */
const SUM = `
${SHAPING}
@group(0) @binding(0) var<uniform> parameter: Parameter;
@group(0) @binding(1) var<storage, read> gradients: array<f32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;

${SQUARE}
var<workgroup> partial: array<vec3f, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  var sum = vec3f();
  for (var i = group.x * ${THREADS}u + thread; i < arrayLength(&gradients); i += groups.x * ${THREADS}u) {
    sum += square(capped(penalized(gradients[i], weights[i])));
  }
  partial[thread] = sum;
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { partial[thread] += partial[thread + half]; }
  }
  if (thread == 0u) {
    let at = parameter.normAt + group.x * ${SUM_LENGTH}u;
    sums[at] = partial[0].x;
    sums[at + 1u] = partial[0].y;
    sums[at + 2u] = partial[0].z;
  }
}
`;

/** From all those sums, the factor that brings the norm down to the limit: exactly 1 up to there. */
const FACTOR = `
@group(0) @binding(0) var<uniform> limit: f32;
@group(0) @binding(1) var<storage, read> sums: array<f32>;
@group(0) @binding(2) var<storage, read_write> factor: f32;

${ROOT}
var<workgroup> partial: array<vec3f, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  var sum = vec3f();
  for (var i = thread * ${SUM_LENGTH}u; i < arrayLength(&sums); i += ${THREADS * SUM_LENGTH}u) {
    sum += vec3f(sums[i], sums[i + 1u], sums[i + 2u]);
  }
  partial[thread] = sum;
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { partial[thread] += partial[thread + half]; }
  }
  if (thread == 0u) {
    let norm = root(partial[0]);
    // A norm that is NaN, by its bits, makes the update NaN.
    let wild = (bitcast<u32>(norm) & 0x7fffffffu) > 0x7f800000u;
    factor = select(select(limit / norm, 1.0, norm <= limit), norm, wild);
  }
}
`;

/** Clipping by global norm; the factor stays on the GPU. */
export class DeviceClip {
  /** One number: what the gradients are multiplied with. */
  readonly factor: GPUBuffer;
  readonly #gpu: Gpu;
  readonly #limit: GPUBuffer | null;
  #words = 0;
  #sums: GPUBuffer | undefined;

  /** @param clipNorm infinite for none */
  constructor(gpu: Gpu, clipNorm: number) {
    this.#gpu = gpu;
    this.factor = gpu.storage(1);
    gpu.write(this.factor, Float32Array.of(1));
    this.#limit = Number.isFinite(clipNorm) ? gpu.uniform(Float32Array.of(clipNorm).buffer) : null;
  }

  /** Makes room for the sums of a parameter. @returns where they start */
  reserve({ values }: Parameter): number {
    const at = this.#words;
    this.#words += SUM_LENGTH * groupsOf(values.length);
    return at;
  }

  /** Sets the factor, where there is a limit. @param parts in the order of the parameters */
  dispatch(parts: { settings: GPUBuffer; gradient: GPUBuffer; shown: GPUBuffer }[]): void {
    if (!this.#limit) return;
    this.#sums ??= this.#gpu.storage(this.#words);
    for (const { settings, gradient, shown } of parts) {
      const groups = groupsOf(gradient.size / 4);
      const buffers = [settings, gradient, shown, this.#sums];
      this.#gpu.dispatch(SUM, buffers, groups);
    }
    this.#gpu.dispatch(FACTOR, [this.#limit, this.#sums, this.factor], 1);
  }
}

/** Workgroups that share the elements of a parameter. */
export function groupsOf(elements: number): number {
  return Math.min(MAX_GROUPS, Math.ceil(elements / ELEMENTS_PER_GROUP));
}
