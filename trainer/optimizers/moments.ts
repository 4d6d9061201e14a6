/** The rule of Adam and of AdamW. */
import { ruleOf } from "./formula/rule.ts";
import type { Rule } from "./update.ts";

export interface Moments {
  beta1?: number;
  beta2?: number;
  epsilon?: number;
}

/**
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − lr · m̂ / (√v̂ + ε) − lr · decay · w with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ). ε stands beside the root of the corrected v̂, as in the paper and PyTorch; TensorFlow.js puts it
 * beside the root of the uncorrected v.
 */
export function momentsRule(
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: Moments,
  decay: number,
): Rule {
  return ruleOf({
    slots: ["m", "v"],
    numbers(learningRate, step) {
      const { root, rate } = corrected(learningRate, step, beta1, beta2);
      const shrink = learningRate * decay;
      const [share1, share2] = [1 - beta1, 1 - beta2];
      return {
        rate,
        beta1,
        share1,
        beta2,
        share2,
        epsilon: epsilon * root,
        ...(decay > 0 && { shrink }),
      };
    },
    // In this order: the square alone may overflow.
    body: `
      m = beta1 * m + share1 * gradient;
      v = beta2 * v + (share2 * gradient) * gradient;
      update = -rate * m / (sqrt(v) + epsilon)${decay > 0 ? " - shrink * weight" : ""};`,
  });
}

/** The corrections leave the loop: m̂ / (√v̂ + ε) = √c₂ / c₁ · m / (√v + √c₂ · ε) with cᵢ = 1 − βᵢᵗ. */
function corrected(learningRate: number, step: number, beta1: number, beta2: number) {
  const root = Math.sqrt(1 - beta2 ** step);
  return { root, rate: (learningRate * root) / (1 - beta1 ** step) };
}
