import type { Loss } from "./loss.ts";

/**
 * A probability this small adds nothing to a gradient, but its products would be denormal numbers, which slow the
 * whole backward pass of a well-fitted network down tenfold.
 */
const NEGLIGIBLE = 1e-30;

/** −ln softmax(z)[target], with target the number of the class; gradient softmax(z) − onehot(target). */
export const softmaxCrossentropy: Loss = {
  activation: "softmax",
  units: (classes) => classes,

  forward(values, targets, units, outputs, rowLosses) {
    let loss = 0;
    let correct = 0;
    for (let row = 0; row < targets.length; row++) {
      const at = row * units;
      let max = values[at]!;
      let best = 0;
      for (let c = 1; c < units; c++) {
        if (values[at + c]! > max) {
          max = values[at + c]!;
          best = c;
        }
      }
      // Taking the maximum off leaves the result as it is, and no exponential can overflow.
      let sum = 0;
      for (let c = 0; c < units; c++) {
        const e = Math.exp(values[at + c]! - max);
        outputs[at + c] = e;
        sum += e;
      }
      for (let c = 0; c < units; c++) outputs[at + c]! /= sum;
      const target = targets[row]!;
      const rowLoss = Math.log(sum) + (max - values[at + target]!);
      rowLosses[row] = rowLoss;
      loss += rowLoss;
      // A row with NaN has no most likely class.
      if (best === target && !Number.isNaN(rowLoss)) correct++;
    }
    return { loss, correct };
  },

  backward(outputs, targets, units, scale, gradient) {
    const factor = scale / targets.length;
    for (let row = 0; row < targets.length; row++) {
      const at = row * units;
      for (let c = 0; c < units; c++) {
        const p = outputs[at + c]!;
        gradient[at + c] = p < NEGLIGIBLE ? 0 : p * factor;
      }
      gradient[at + targets[row]!] = (outputs[at + targets[row]!]! - 1) * factor;
    }
  },

  shader: {
    encode: (targets) => targets,
    body: `
      let wanted = u32(targets[row]);
      var top = values[at];
      var best = 0u;
      var wild = false;
      for (var c = 0u; c < units; c++) {
        let z = values[at + c];
        wild |= sizeOf(z) > INFINITE;
        if (z > top) { top = z; best = c; }
      }
      // Infinity less infinity would be NaN.
      wild |= sizeOf(top) >= INFINITE;
      var rest = 0.0;
      for (var c = 0u; c < units; c++) {
        let e = exp(values[at + c] - top);
        outputs[at + c] = e;
        rest += select(e, 0.0, c == best);
      }
      if (wild) { rest = NaN; }
      for (var c = 0u; c < units; c++) {
        let p = select(outputs[at + c] / (1.0 + rest), NaN, wild);
        outputs[at + c] = p;
        gradient[at + c] = select(p, 0.0, !wild && p < ${NEGLIGIBLE}) * share;
      }
      gradient[at + wanted] = (outputs[at + wanted] - 1.0) * share;
      record = vec4f(rest, top - values[at + wanted], f32(best), 0.0);`,
    finish([rest, margin, best], target) {
      // The largest is 1 in the sum of exponentials: what the others add may be far below what 32 bits hold of it.
      const loss = Math.log1p(rest!) + margin!;
      return { loss, correct: best === target && !Number.isNaN(loss) };
    },
  },
};
