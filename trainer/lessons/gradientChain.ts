/** Gradients that shrink or grow on their way back through the layers. */
import * as tf from "@tensorflow/tfjs-core";
import type { RecipeLayer } from "../../recipe/schema.ts";
import { ACTIVATE } from "../model/activations.ts";
import { gradientsOf, networkOf } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { randomState } from "./numpy.ts";

type Dense = Extract<RecipeLayer, { type: "dense" }>;

function stack(depth: number, layer: Omit<Dense, "type">): RecipeLayer[] {
  return Array.from({ length: depth }, () => ({ type: "dense", ...layer }));
}

/** Derivative of the last output by the first layer's bias, in a chain of single units. */
async function alongChain(layers: RecipeLayer[], input: number): Promise<number> {
  const network = await networkOf(layers, 1, randomState(42));
  const [, bias] = gradientsOf(network, { rows: 1, values: Float32Array.of(input) });
  return bias![0]!;
}

/** After the first layer, each multiplies by the factor. */
function linearChain(depth: number, factor: number): Promise<number> {
  const kernelInitializer = { type: "constant" as const, value: factor };
  return alongChain(stack(depth + 1, { units: 1, kernelInitializer }), 1);
}

/** Every sum is 0, where the derivative is largest: an output of ½ less the bias. */
function sigmoidChain(depth: number): Promise<number> {
  const layer = {
    units: 1,
    activation: "sigmoid" as const,
    kernelInitializer: "ones" as const,
    biasInitializer: { type: "constant" as const, value: -0.5 },
  };
  return alongChain(stack(depth, layer), 0.5);
}

/** Norm of the first layer's kernel gradient against the last one's, 64 units wide. */
async function firstToLast(depth: number, layer: Omit<Dense, "type" | "units">): Promise<number> {
  const random = randomState(0);
  const inputs = { rows: 100, values: random.normals(100 * 64) };
  const network = await networkOf(
    stack(depth, { units: 64, useBias: false, ...layer }),
    64,
    random,
  );
  const gradients = gradientsOf(network, inputs);
  return Math.hypot(...gradients[0]!) / Math.hypot(...gradients.at(-1)!);
}

/** Lesson 001's ten sigmoids at random sums, without its missing seed: products of their derivatives. */
function randomChains(seeds: number): number[] {
  const z = Array.from({ length: seeds }, (_, seed) => [...randomState(seed).normals(10)]);
  const derivative = tf.grad((x) => ACTIVATE.sigmoid(x));
  const products = tf.tidy(() => tf.prod(derivative(tf.tensor2d(z)), 1).dataSync());
  return [...products];
}

export async function gradientChainFigures(): Promise<Figure[]> {
  return [...(await factors()), ...(await sigmoids()), ...(await rectifiers())];
}

async function factors(): Promise<Figure[]> {
  return [
    {
      at: "001:37",
      what: "gradient through 50 layers of factor 0.9",
      lesson: "0.005",
      ours: [await linearChain(50, 0.9)],
    },
    {
      at: "001:39",
      what: "gradient through 50 layers of factor 1.1",
      lesson: "117",
      ours: [await linearChain(50, 1.1)],
    },
  ];
}

async function sigmoids(): Promise<Figure[]> {
  const worst = await sigmoidChain(50);
  const chains = randomChains(2000);
  const median = chains.toSorted((a, b) => a - b)[chains.length / 2]!;
  const ratio = await firstToLast(10, { activation: "sigmoid", kernelInitializer: "glorotNormal" });
  return [
    {
      at: "001:53",
      what: "largest derivative of a sigmoid",
      lesson: "0.25",
      ours: [await sigmoidChain(1)],
    },
    {
      at: "001:57",
      what: "after 10 sigmoid layers, seed 42 (the lesson sets none)",
      run: true,
      lesson: "1.99e-07",
      ours: [chains[42]!],
    },
    { at: "001:58", what: "0.25^50", run: true, lesson: "7.89e-31", ours: [worst] },
    { at: "001:59", what: "times weaker", run: true, lesson: "1.27e+30", ours: [1 / worst] },
    {
      at: "001:61",
      what: "gradient after 10 sigmoid layers: at best",
      lesson: "1e-06",
      ours: [await sigmoidChain(10)],
    },
    {
      at: "001:61",
      what: "gradient after 10 sigmoid layers: median of 2000 seeds",
      lesson: "1e-06",
      ours: [median],
      wrong: {
        right: "1.1e-07",
        reason: "One millionth is 0.25^10, the best case; a typical value is about a tenth of it.",
      },
    },
    {
      at: "001:61",
      what: "in a net 64 wide with Xavier weights, the first layer learns slower",
      lesson: "a million times",
      ours: {
        text: `${(1 / ratio).toExponential(1)} times`,
        holds: 1 / ratio > 3e5 && 1 / ratio < 3e6,
      },
    },
  ];
}

async function rectifiers(): Promise<Figure[]> {
  const derivative = tf.tidy(() =>
    tf
      .grad((x) => ACTIVATE.relu(x))(tf.tensor2d([[-1, 1]]))
      .dataSync(),
  );
  const ratio = await firstToLast(50, {
    activation: "relu",
    kernelInitializer: { type: "randomNormal", stddev: Math.sqrt(2 / 64) },
  });
  return [
    {
      at: "001:63",
      what: "derivative of relu at -1 and at 1",
      lesson: "0, 1",
      ours: [...derivative],
    },
    {
      at: "001:63",
      what: "50 relu layers with He weights: the first gradient against the last",
      lesson: "unchanged",
      ours: { text: `${ratio.toFixed(2)} times`, holds: ratio > 0.1 && ratio < 10 && ratio !== 1 },
      wrong: {
        reason: "Only relu passes it on unchanged: the weights still scale it, He's by about 1.",
      },
    },
  ];
}
