/** Residual blocks: what they pass on, and what they do not give for nothing. */
import type { RecipeLayer } from "../../recipe/schema.ts";
import { moments, networkOf, outputsOf } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { randomState } from "./numpy.ts";

const UNITS = 64;
const DEPTH = 20;

type Weights = "zeros" | "heNormal";

function block(kernelInitializer: Weights): RecipeLayer {
  const layers: RecipeLayer[] = [
    { type: "dense", units: UNITS, activation: "relu", kernelInitializer },
    { type: "dense", units: UNITS, kernelInitializer },
  ];
  return { type: "residual", layers };
}

/** A random batch, and what comes out of a stack of blocks. */
async function through(depth: number, weights: Weights) {
  const random = randomState(42);
  const inputs = random.normals(100 * UNITS);
  const layers = Array.from({ length: depth }, () => block(weights));
  const network = await networkOf(layers, UNITS, random);
  return { inputs, output: outputsOf(network, { rows: 100, values: inputs }).at(-1)!.values };
}

export async function residualFigures(): Promise<Figure[]> {
  const same = await through(DEPTH, "zeros");
  const different = same.output.filter((value, i) => value !== same.inputs[i]).length;
  const grown = moments((await through(DEPTH, "heNormal")).output).std;
  return [
    {
      at: "002:93",
      what: "20 residual blocks with weights of 0: x passes through",
      lesson: "identity",
      ours: { text: `${different} of ${same.output.length} values differ`, holds: different === 0 },
    },
    {
      at: "002:93",
      what: "20 residual blocks with He weights: deviation of what was 1",
      lesson: "can only help",
      ours: { text: grown.toExponential(1), holds: grown > 100 },
      wrong: {
        reason:
          "Each block adds to the signal: without normalisation more of them can hurt as well.",
      },
    },
  ];
}
