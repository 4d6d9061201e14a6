/** The shader that updates one parameter in one pass over it, and measures on the way. */
import type { RuleShader } from "../../optimizers/update.ts";
import { SHAPING } from "./shaping.ts";
import { SQUARE, SUM_LENGTH } from "./squares.ts";

const THREADS = 128;

/** The sums of squares that a workgroup leaves, in this order. */
export const MEASURED = ["gradient", "clipped", "weights", "update"] as const;
export const UPDATE_LENGTH = MEASURED.length * SUM_LENGTH;

/**
 * Bindings: the parameter's settings, the rule's numbers, the factor of the clip by norm, results, gradient, weights,
 * the slots, and for a rule that looks ahead the weights that are shown.
 */
export function updateCode({ slots, numbers: numbersAt, body, shown }: RuleShader): string {
  const numbers = Object.keys(numbersAt(0, 1));
  const slotBindings = slots.map(
    (slot, i) => `@group(0) @binding(${6 + i}) var<storage, read_write> slot_${slot}: array<f32>;`,
  );
  const shownBinding = `@group(0) @binding(${6 + slots.length}) var<storage, read_write> shown: array<f32>;`;
  return `
${SHAPING}
struct Numbers { ${numbers.map((name) => `${name}: f32`).join(", ")} }
@group(0) @binding(0) var<uniform> parameter: Parameter;
@group(0) @binding(1) var<uniform> numbers: Numbers;
@group(0) @binding(2) var<storage, read> factor: f32;
@group(0) @binding(3) var<storage, read_write> results: array<f32>;
@group(0) @binding(4) var<storage, read> gradients: array<f32>;
@group(0) @binding(5) var<storage, read_write> weights: array<f32>;
${slotBindings.join("\n")}
${shown ? shownBinding : ""}

${SQUARE}
var<workgroup> partial: array<mat4x3f, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  ${numbers.map((name) => `let ${name} = numbers.${name};`).join("\n  ")}
  var sums = mat4x3f();
  for (var i = group.x * ${THREADS}u + thread; i < arrayLength(&gradients); i += groups.x * ${THREADS}u) {
    let raw = penalized(gradients[i], ${shown ? "shown" : "weights"}[i]);
    let gradient = capped(raw) * factor;
    let weight = weights[i];
    ${slots.map((slot) => `var ${slot} = slot_${slot}[i];`).join("\n    ")}
    var update: f32;
    ${body}
    weights[i] = weight + update;
    ${slots.map((slot) => `slot_${slot}[i] = ${slot};`).join("\n    ")}
    ${shown ? `shown[i] = ${shown};` : ""}
    sums += mat4x3f(square(raw), square(gradient), square(weight), square(update));
  }
  partial[thread] = sums;
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { partial[thread] += partial[thread + half]; }
  }
  if (thread == 0u) {
    for (var i = 0u; i < ${UPDATE_LENGTH}u; i++) {
      results[parameter.at + group.x * ${UPDATE_LENGTH}u + i] = partial[0][i / 3u][i % 3u];
    }
  }
}
`;
}
