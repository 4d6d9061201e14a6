import type { Loss } from "./loss.ts";

/** −ln σ(z) for class 1 and −ln(1 − σ(z)) for class 0; gradient σ(z) − target. One unit. */
export const binaryCrossentropy: Loss = {
  activation: "sigmoid",
  units: () => 1,

  forward(values, targets, _units, outputs, rowLosses) {
    let loss = 0;
    let correct = 0;
    for (let row = 0; row < targets.length; row++) {
      const z = values[row]!;
      outputs[row] = 1 / (1 + Math.exp(-z));
      const judged = judge(z, targets[row]!);
      rowLosses[row] = judged.loss;
      loss += judged.loss;
      if (judged.correct) correct++;
    }
    return { loss, correct };
  },

  backward(outputs, targets, _units, scale, gradient) {
    const factor = scale / targets.length;
    for (let row = 0; row < targets.length; row++) {
      gradient[row] = (outputs[row]! - targets[row]!) * factor;
    }
  },

  shader: {
    encode: (targets) => targets,
    body: `
      let z = values[at];
      let p = select(1.0 / (1.0 + exp(-z)), NaN, sizeOf(z) > INFINITE);
      outputs[at] = p;
      gradient[at] = (p - targets[row]) * share;
      record = vec4f(z, 0.0, 0.0, 0.0);`,
    finish: ([z], target) => judge(z!, target),
  },
};

/** @param z before the sigmoid */
function judge(z: number, target: number): { loss: number; correct: boolean } {
  const positive = target === 1;
  return { loss: softplus(positive ? -z : z), correct: positive ? z > 0 : z <= 0 };
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
