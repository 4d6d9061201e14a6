import type { Loss } from "./loss.ts";

/** (z − target)²; gradient 2 (z − target). One unit. */
export const meanSquaredError: Loss = {
  activation: null,

  forward(values, targets, _units, outputs) {
    let loss = 0;
    for (let row = 0; row < targets.length; row++) {
      outputs[row] = values[row]!;
      loss += (values[row]! - targets[row]!) ** 2;
    }
    return { loss, correct: 0 };
  },

  backward(outputs, targets, _units, scale, gradient) {
    const factor = (2 * scale) / targets.length;
    for (let row = 0; row < targets.length; row++) {
      gradient[row] = (outputs[row]! - targets[row]!) * factor;
    }
  },
};
