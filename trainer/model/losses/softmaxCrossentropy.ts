import type { Loss } from "./loss.ts";

/**
 * A probability this small adds nothing to a gradient, but its products would be denormal numbers, which slow the
 * whole backward pass of a well-fitted network down tenfold.
 */
const NEGLIGIBLE = 1e-30;

/** −ln softmax(z)[target], with target the number of the class; gradient softmax(z) − onehot(target). */
export const softmaxCrossentropy: Loss = {
  activation: "softmax",

  forward(values, targets, units, outputs) {
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
};
