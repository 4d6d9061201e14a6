/** Units that start alike stay alike. */
import type { Initializer } from "../../recipe/initializers.ts";
import type { Backend } from "../backends/backend.ts";
import { networkOf } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { randomState } from "./numpy.ts";

const UNITS = 100;
const STEPS = 100;

/** Trains a hidden layer of 100 units on random inputs. @returns how many of its units differ in the end */
async function distinctUnits(backend: Backend, kernelInitializer: Initializer): Promise<number> {
  const random = randomState(42);
  const network = await networkOf(
    [
      { type: "dense", units: UNITS, activation: "tanh", kernelInitializer },
      { type: "dense", units: 1, kernelInitializer },
    ],
    UNITS,
    random,
  );
  const executor = backend.execute(network, { type: "sgd" });
  const batch = { rows: 32, inputs: random.normals(32 * UNITS), targets: random.normals(32) };
  for (let step = 0; step < STEPS; step++) await executor.step(batch, 0.01);
  const [kernel, bias] = network.parameters;
  const columns = Array.from({ length: UNITS }, (_, unit) =>
    [...kernel!.values.filter((_, i) => i % UNITS === unit), bias!.values[unit]].join(),
  );
  return new Set(columns).size;
}

export async function symmetryFigures(backend: Backend): Promise<Figure[]> {
  const ones = await distinctUnits(backend, { type: "constant", value: 0.1 });
  const random = await distinctUnits(backend, { type: "randomNormal", stddev: 0.1 });
  const zeros = await distinctUnits(backend, "zeros");
  const figure = (at: string, weights: string, lesson: string, count: number, right: number) => ({
    at,
    what: `100 hidden units that start with ${weights}, after 100 updates`,
    lesson,
    ours: { text: `${count} distinct`, holds: count === right },
  });
  return [
    figure("000:41", "ones × 0.1", "identical forever", ones, 1),
    figure("000:45", "random weights × 0.1", "each different", random, UNITS),
    figure("003:81", "zeros", "identical forever", zeros, 1),
  ];
}
