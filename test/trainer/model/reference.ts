/** The layers' formulas in 64 bits, as plainly as the papers write them: what TensorFlow.js's gradients are held against. */

import { nameLayers } from "../../../recipe/layerNames.ts";
import type { ActivationName } from "../../../recipe/names.ts";
import type { RecipeLayer } from "../../../recipe/schema.ts";

/** Parameters by name. */
export type Weights = Map<string, Float64Array>;

/** Examples of one shape, row after row. */
export interface Values {
  shape: number[];
  data: Float64Array;
}

type Typed<T extends RecipeLayer["type"]> = Extract<RecipeLayer, { type: T }>;

export class Reference {
  readonly #names;
  readonly #layers: RecipeLayer[];

  constructor(layers: RecipeLayer[]) {
    this.#layers = layers;
    this.#names = new Map(nameLayers(layers).map(({ layer, name }) => [layer, name]));
  }

  forward(x: Values, weights: Weights): Values {
    return this.#chain(this.#layers, x, weights);
  }

  #chain(layers: readonly RecipeLayer[], x: Values, weights: Weights): Values {
    return layers.reduce((value, layer) => this.#apply(layer, value, weights), x);
  }

  #apply(layer: RecipeLayer, x: Values, weights: Weights): Values {
    const of = (what: string) => weights.get(`${this.#names.get(layer)}.${what}`);
    switch (layer.type) {
      case "dense":
        return activate(layer.activation, dense(layer.units, x, of("kernel")!, of("bias")));
      case "conv2d":
        return activate(layer.activation, conv2d(layer, x, of("kernel")!, of("bias")));
      case "maxPooling2d":
        return pool(layer, x, (values) => Math.max(...values));
      case "averagePooling2d":
        return pool(layer, x, (values) => values.reduce((a, b) => a + b) / values.length);
      case "globalAveragePooling2d": {
        const [h, w, c] = x.shape as [number, number, number];
        const whole = { poolSize: [h, w] };
        return {
          ...pool(whole, x, (values) => values.reduce((a, b) => a + b) / (h * w)),
          shape: [c],
        };
      }
      case "flatten":
        return { ...x, shape: [x.shape.reduce((a, b) => a * b)] };
      case "batchNormalization":
        return normalize(x, (i) => i % x.shape.at(-1)!, of("gamma")!, of("beta")!);
      case "layerNormalization":
        return normalize(x, (i) => Math.floor(i / x.shape.at(-1)!), of("gamma")!, of("beta")!);
      case "activation":
        return activate(layer.activation, x);
      case "prelu": {
        const alpha = of("alpha")!;
        return map(x, (v, i) => (v > 0 ? v : v * alpha[i % alpha.length]!));
      }
      case "rbf":
        return rbf(layer.units, x, of("centers")!, of("log_width")!);
      case "residual": {
        const through = this.#chain(layer.layers, x, weights);
        const around = shortcut(x, through.shape, of("projection"));
        return activate(
          layer.activation,
          map(through, (v, i) => v + around[i]!),
        );
      }
      case "dropout":
        throw new Error("Dropout has no one value.");
    }
  }
}

function map(x: Values, f: (v: number, i: number) => number): Values {
  return { shape: x.shape, data: x.data.map(f) };
}

function dense(units: number, { shape, data }: Values, w: Float64Array, b?: Float64Array): Values {
  const inputs = shape[0]!;
  const rows = data.length / inputs;
  const out = new Float64Array(rows * units);
  for (let r = 0; r < rows; r++)
    for (let u = 0; u < units; u++) {
      let sum = b?.[u] ?? 0;
      for (let i = 0; i < inputs; i++) sum += data[r * inputs + i]! * w[i * units + u]!;
      out[r * units + u] = sum;
    }
  return { shape: [units], data: out };
}

interface Windows {
  size: [number, number];
  strides: [number, number];
  same: boolean;
}

function both(value: number | number[]): [number, number] {
  return Array.isArray(value) ? [value[0]!, value[1]!] : [value, value];
}

/**
 * Every window's place in the output, and the cells of the picture under it: where in the window, where in the picture.
 * Padding as TensorFlow defines it: the odd line goes to the bottom and the right.
 */
function windows([h, w]: number[], { size, strides, same }: Windows) {
  const length = (n: number, axis: 0 | 1) =>
    same ? Math.ceil(n / strides[axis]) : Math.ceil((n - size[axis] + 1) / strides[axis]);
  const out = [length(h!, 0), length(w!, 1)] as const;
  const before = ([h!, w!] as const).map((n, axis) => {
    const need = (out[axis as 0 | 1] - 1) * strides[axis as 0 | 1] + size[axis as 0 | 1] - n;
    return same ? Math.floor(Math.max(need, 0) / 2) : 0;
  });
  const all: { cells: { within: number; at: number }[] }[] = [];
  for (let oy = 0; oy < out[0]; oy++)
    for (let ox = 0; ox < out[1]; ox++) {
      const cells: { within: number; at: number }[] = [];
      for (let ky = 0; ky < size[0]; ky++)
        for (let kx = 0; kx < size[1]; kx++) {
          const y = oy * strides[0] + ky - before[0]!;
          const x = ox * strides[1] + kx - before[1]!;
          const inside = y >= 0 && y < h! && x >= 0 && x < w!;
          if (inside) cells.push({ within: ky * size[1] + kx, at: y * w! + x });
        }
      all.push({ cells });
    }
  return { out, all };
}

function conv2d(
  layer: Typed<"conv2d">,
  x: Values,
  kernel: Float64Array,
  bias?: Float64Array,
): Values {
  const { filters, kernelSize, strides = 1, padding } = layer;
  const [h, w, c] = x.shape as [number, number, number];
  const { out, all } = windows([h, w], {
    size: both(kernelSize),
    strides: both(strides),
    same: padding === "same",
  });
  const rows = x.data.length / (h * w * c);
  const data: number[] = [];
  for (let r = 0; r < rows; r++)
    for (const { cells } of all)
      for (let f = 0; f < filters; f++) {
        let sum = bias?.[f] ?? 0;
        for (const { within, at } of cells)
          for (let i = 0; i < c; i++)
            sum += x.data[(r * h * w + at) * c + i]! * kernel[(within * c + i) * filters + f]!;
        data.push(sum);
      }
  return { shape: [...out, filters], data: Float64Array.from(data) };
}

interface Pooling {
  poolSize?: number | number[];
  strides?: number | number[];
  padding?: "valid" | "same";
}

function pool(layer: Pooling, x: Values, of: (values: number[]) => number): Values {
  const { poolSize = 2, strides = poolSize, padding } = layer;
  const [h, w, c] = x.shape as [number, number, number];
  const { out, all } = windows([h, w], {
    size: both(poolSize),
    strides: both(strides),
    same: padding === "same",
  });
  const rows = x.data.length / (h * w * c);
  const data: number[] = [];
  for (let r = 0; r < rows; r++)
    for (const { cells } of all)
      for (let i = 0; i < c; i++)
        data.push(of(cells.map(({ at }) => x.data[(r * h * w + at) * c + i]!)));
  return { shape: [...out, c], data: Float64Array.from(data) };
}

/** @param group which values share a mean and variance */
function normalize(
  x: Values,
  group: (i: number) => number,
  gamma: Float64Array,
  beta: Float64Array,
): Values {
  const groups: number[][] = [];
  x.data.forEach((v, i) => {
    const g = group(i);
    groups[g] ??= [];
    groups[g].push(v);
  });
  const figures = groups.map((values) => {
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance + 1e-5) };
  });
  return map(x, (v, i) => {
    const { mean, deviation } = figures[group(i)]!;
    const unit = i % gamma.length;
    return (gamma[unit]! * (v - mean)) / deviation + beta[unit]!;
  });
}

function rbf(
  units: number,
  { shape, data }: Values,
  c: Float64Array,
  logWidth: Float64Array,
): Values {
  const inputs = shape[0]!;
  const rows = data.length / inputs;
  const out = new Float64Array(rows * units);
  for (let r = 0; r < rows; r++)
    for (let u = 0; u < units; u++) {
      let square = 0;
      for (let i = 0; i < inputs; i++) square += (data[r * inputs + i]! - c[u * inputs + i]!) ** 2;
      out[r * units + u] = Math.exp(-square / (2 * Math.exp(logWidth[u]!) ** 2));
    }
  return { shape: [units], data: out };
}

/** Of pictures: the top left pixel of each window, linearly. */
function shortcut(x: Values, to: number[], kernel: Float64Array | undefined): Float64Array {
  if (!kernel) return x.data;
  const units = to.at(-1)!;
  if (to.length === 1) return dense(units, x, kernel).data;
  const strides = [0, 1].map((axis) => Math.ceil(x.shape[axis]! / to[axis]!));
  const layer = { type: "conv2d" as const, filters: units, kernelSize: 1, strides };
  return conv2d(layer, x, kernel).data;
}

const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

/** Element by element, but for softmax. */
const F: Record<Exclude<ActivationName, "softmax">, (x: number) => number> = {
  linear: (x) => x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => SELU.scale * (x > 0 ? x : SELU.alpha * Math.expm1(x)),
  gelu: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  swish: (x) => x / (1 + Math.exp(-x)),
  hardSigmoid: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
  softsign: (x) => x / (1 + Math.abs(x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
  exponential: (x) => Math.exp(x),
};

function activate(name: ActivationName | undefined, x: Values): Values {
  if (name !== "softmax") return map(x, F[name ?? "linear"]);
  const units = x.shape.at(-1)!;
  const powers = map(x, Math.exp);
  return map(powers, (v, i) => {
    const row = Math.floor(i / units) * units;
    return v / powers.data.subarray(row, row + units).reduce((a, b) => a + b);
  });
}

/** Its series, good below 4. */
function erf(x: number): number {
  let sum = 0;
  let term = x;
  for (let n = 0; n < 100; n++) {
    sum += term / (2 * n + 1);
    term *= -(x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
