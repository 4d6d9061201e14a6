/** The optimizers as their papers write them: in 64 bits, one weight at a time, nothing rearranged. */
import type { RecipeOptimizer } from "../../recipe/schema.ts";

/** A weight and what is remembered of it. */
interface State {
  w: number;
  /** First moment, or velocity. */
  m: number;
  /** Second moment. */
  v: number;
}

export interface Textbook {
  recipe: RecipeOptimizer;
  /** Where the gradient is taken. */
  at(state: State): number;
  /** @param t updates so far, this one included */
  update(state: State, gradient: number, learningRate: number, t: number): void;
}

const here = ({ w }: State) => w;

/** With settings that are not the defaults, so that one that is not passed on is seen. */
export const TEXTBOOK: Record<string, Textbook> = {
  "gradient descent": {
    recipe: { type: "sgd", learningRate: 0.05 },
    at: here,
    update(s, g, lr) {
      s.w = s.w - lr * g;
    },
  },
  "classic momentum": {
    recipe: { type: "sgd", learningRate: 0.02, momentum: 0.85 },
    at: here,
    update(s, g, lr) {
      s.m = 0.85 * s.m - lr * g;
      s.w = s.w + s.m;
    },
  },
  "torch momentum": {
    recipe: { type: "sgd", learningRate: 0.02, momentum: 0.85, momentumForm: "torch" },
    at: here,
    update(s, g, lr) {
      s.m = 0.85 * s.m + g;
      s.w = s.w - lr * s.m;
    },
  },
  "look-ahead Nesterov": {
    recipe: { type: "sgd", learningRate: 0.02, momentum: 0.85, nesterov: true },
    at: ({ w, m }) => w + 0.85 * m,
    update(s, g, lr) {
      s.m = 0.85 * s.m - lr * g;
      s.w = s.w + s.m;
    },
  },
  RMSProp: {
    recipe: { type: "rmsprop", learningRate: 0.003, rho: 0.95, epsilon: 1e-4 },
    at: here,
    update(s, g, lr) {
      s.v = 0.95 * s.v + 0.05 * g ** 2;
      s.w = s.w - (lr * g) / (Math.sqrt(s.v) + 1e-4);
    },
  },
  Adam: {
    recipe: { type: "adam", learningRate: 0.003, beta1: 0.8, beta2: 0.99, epsilon: 1e-4 },
    at: here,
    update(s, g, lr, t) {
      s.m = 0.8 * s.m + 0.2 * g;
      s.v = 0.99 * s.v + 0.01 * g ** 2;
      const mHat = s.m / (1 - 0.8 ** t);
      const vHat = s.v / (1 - 0.99 ** t);
      s.w = s.w - (lr * mHat) / (Math.sqrt(vHat) + 1e-4);
    },
  },
  AdamW: {
    recipe: { type: "adamw", learningRate: 0.003, weightDecay: 0.05 },
    at: here,
    update(s, g, lr, t) {
      s.m = 0.9 * s.m + 0.1 * g;
      s.v = 0.999 * s.v + 0.001 * g ** 2;
      const mHat = s.m / (1 - 0.9 ** t);
      const vHat = s.v / (1 - 0.999 ** t);
      s.w = s.w - lr * (mHat / (Math.sqrt(vHat) + 1e-8) + 0.05 * s.w);
    },
  },
  Adagrad: {
    recipe: { type: "adagrad", learningRate: 0.05, epsilon: 1e-3 },
    at: here,
    update(s, g, lr) {
      s.v = s.v + g ** 2;
      s.w = s.w - (lr * g) / (Math.sqrt(s.v) + 1e-3);
    },
  },
  Adadelta: {
    recipe: { type: "adadelta", learningRate: 0.9, rho: 0.9, epsilon: 1e-4 },
    at: here,
    update(s, g, lr) {
      s.v = 0.9 * s.v + 0.1 * g ** 2;
      // Here `m` is the running mean of squared updates.
      const delta = (Math.sqrt(s.m + 1e-4) / Math.sqrt(s.v + 1e-4)) * g;
      s.m = 0.9 * s.m + 0.1 * delta ** 2;
      s.w = s.w - lr * delta;
    },
  },
};

/** How the gradient of one weight is shaped, and its share of the learning rate. */
export interface Shaping {
  l1?: number;
  l2?: number;
  rate?: number;
}

export interface Task {
  start: number[];
  /** Of each weight. */
  shaping: Shaping[];
  clipValue?: number;
  clipNorm?: number;
  learningRate(step: number): number;
  /** Of the loss without penalties, at weights `x`; another one at each step, as batches are. */
  gradient(x: number[], step: number): number[];
}

/** @returns the weights after all steps */
export function follow({ at, update }: Textbook, task: Task, steps: number): number[] {
  const { start, shaping, clipValue = Number.POSITIVE_INFINITY, clipNorm } = task;
  const states = start.map((w): State => ({ w, m: 0, v: 0 }));
  for (let t = 1; t <= steps; t++) {
    const x = states.map(at);
    const capped = task.gradient(x, t).map((raw, i) => {
      const { l1 = 0, l2 = 0 } = shaping[i]!;
      const g = raw + l1 * Math.sign(x[i]!) + 2 * l2 * x[i]!;
      return Math.abs(g) > clipValue ? clipValue * Math.sign(g) : g;
    });
    const norm = Math.sqrt(capped.reduce((sum, g) => sum + g * g, 0));
    const scale = clipNorm !== undefined && norm > clipNorm ? clipNorm / norm : 1;
    for (const [i, state] of states.entries()) {
      update(state, capped[i]! * scale, task.learningRate(t) * (shaping[i]!.rate ?? 1), t);
    }
  }
  return states.map(({ w }) => w);
}
