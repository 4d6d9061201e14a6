import type { Loss } from "./loss.ts";

/** −ln σ(z) for class 1 and −ln(1 − σ(z)) for class 0; gradient σ(z) − target. One unit. */
export const binaryCrossentropy: Loss = {
  activation: "sigmoid",

  forward(values, targets, _units, outputs) {
    let loss = 0;
    let correct = 0;
    for (let row = 0; row < targets.length; row++) {
      const z = values[row]!;
      outputs[row] = 1 / (1 + Math.exp(-z));
      const positive = targets[row] === 1;
      loss += softplus(positive ? -z : z);
      if (positive ? z > 0 : z <= 0) correct++;
    }
    return { loss, correct };
  },

  backward(outputs, targets, _units, scale, gradient) {
    const factor = scale / targets.length;
    for (let row = 0; row < targets.length; row++) {
      gradient[row] = (outputs[row]! - targets[row]!) * factor;
    }
  },
};

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
