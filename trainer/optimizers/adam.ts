import type Type from "typebox";
import type { adam as schema } from "../../recipe/optimizers/adam.ts";
import { FLUSH, type Rule, type Squares, type Values } from "./update.ts";

/**
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − lr · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) (Kingma and Ba 2015). ε stands beside the root of the corrected v̂, as in the paper and PyTorch;
 * TensorFlow.js puts it beside the root of the uncorrected v.
 */
export function adam(recipe: Type.Static<typeof schema>): Rule {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = recipe;
  let steps = 0;
  return {
    learningRate,
    remember: (weights) => ({
      shown: weights,
      slots: [weights.slice().fill(0), weights.slice().fill(0)],
    }),
    begin() {
      steps++;
    },
    apply(weights, gradient, { slots: [m, v] }, scale, squares) {
      // The corrections leave the loop: m̂ / (√v̂ + ε) = √c₂ / c₁ · m / (√v + √c₂ · ε) with cᵢ = 1 − βᵢᵗ.
      const root = Math.sqrt(1 - beta2 ** steps);
      const rate = (this.learningRate * root) / (1 - beta1 ** steps);
      pass(weights, gradient, m!, v!, rate, beta1, beta2, epsilon * root, scale, squares);
    },
  };
}

function pass(
  w: Values,
  g: Values,
  m: Values,
  v: Values,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  scale: number,
  squares: Squares,
): void {
  const share1 = 1 - beta1;
  const share2 = 1 - beta2;
  let clipped = 0;
  let weights = 0;
  let update = 0;
  for (let i = 0; i < w.length; i++) {
    const p = w[i]!;
    const x = g[i]! * scale;
    const m1 = beta1 * m[i]! + share1 * x + FLUSH - FLUSH;
    const v1 = beta2 * v[i]! + share2 * x * x + FLUSH - FLUSH;
    const d = (rate * m1) / (Math.sqrt(v1) + epsilon);
    clipped += x * x;
    weights += p * p;
    update += d * d;
    m[i] = m1;
    v[i] = v1;
    w[i] = p - d;
  }
  squares.clipped = clipped;
  squares.weights = weights;
  squares.update = update;
}
