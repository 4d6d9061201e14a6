import type Type from "typebox";
import type { sgd as schema } from "../../recipe/optimizers/sgd.ts";
import { FLUSH, type Rule, type Squares, type Values } from "./update.ts";

/**
 * v ← m·v − lr·g; w ← w + v (the lessons' form, Polyak 1964).
 * With `nesterov`, g is taken at w + m·v (Nesterov 1983, Sutskever et al. 2013): the network is shown those look-ahead
 * weights while it trains, and the real ones everywhere else.
 */
export function sgd(recipe: Type.Static<typeof schema>): Rule {
  const { learningRate, momentum = 0, nesterov = false } = recipe;
  return {
    learningRate,
    remember: (weights) => ({
      // Without any velocity yet, the look-ahead is where the weights are.
      shown: nesterov ? weights.slice() : weights,
      slots: momentum > 0 ? [weights.slice().fill(0)] : [],
    }),
    begin() {},
    apply(weights, gradient, { shown, slots }, scale, squares) {
      const lr = this.learningRate;
      const [velocity] = slots;
      if (!velocity) plain(weights, gradient, lr, scale, squares);
      else {
        const ahead = nesterov ? momentum : 0;
        withMomentum(weights, gradient, shown, velocity, lr, momentum, ahead, scale, squares);
      }
    },
  };
}

function plain(w: Values, g: Values, lr: number, scale: number, squares: Squares): void {
  let clipped = 0;
  let weights = 0;
  let update = 0;
  for (let i = 0; i < w.length; i++) {
    const p = w[i]!;
    const x = g[i]! * scale;
    const d = lr * x;
    clipped += x * x;
    weights += p * p;
    update += d * d;
    w[i] = p - d;
  }
  squares.clipped = clipped;
  squares.weights = weights;
  squares.update = update;
}

/** @param ahead how far along the velocity the shown weights lie */
function withMomentum(
  w: Values,
  g: Values,
  shown: Values,
  velocity: Values,
  lr: number,
  momentum: number,
  ahead: number,
  scale: number,
  squares: Squares,
): void {
  let clipped = 0;
  let weights = 0;
  let update = 0;
  for (let i = 0; i < w.length; i++) {
    const p = w[i]!;
    const x = g[i]! * scale;
    const v = momentum * velocity[i]! - lr * x + FLUSH - FLUSH;
    clipped += x * x;
    weights += p * p;
    update += v * v;
    velocity[i] = v;
    w[i] = p + v;
    shown[i] = p + v + ahead * v;
  }
  squares.clipped = clipped;
  squares.weights = weights;
  squares.update = update;
}
