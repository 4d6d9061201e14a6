/** Lesson 001's samples of dropout, and the rates that the lessons name. */
import { moments, networkOf, outputsOf } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { type RandomState, randomState } from "./numpy.ts";

const ACTIVATIONS = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);

/** Dropout in training: each call drops other ones. */
async function dropper(rate: number, inputs: number, random: RandomState) {
  // A network may not end in dropout.
  const end = { type: "activation" as const, activation: "linear" as const };
  const network = await networkOf([{ type: "dropout", rate }, end], inputs, random);
  return (values: Float32Array) =>
    outputsOf(network, { rows: values.length / inputs, values })[0]!.values;
}

/** Share of 100,000 values that is dropped. */
async function dropped(rate: number): Promise<number> {
  const drop = await dropper(rate, 100, randomState(42));
  const output = drop(new Float32Array(100_000).fill(1));
  return output.filter((value) => value === 0).length / output.length;
}

export async function dropoutFigures(): Promise<Figure[]> {
  return [await expectation(), ...(await samples()), ...(await rates())];
}

async function expectation(): Promise<Figure> {
  const masks = 100_000;
  const drop = await dropper(0.5, 8, randomState(0));
  const values = Float32Array.from({ length: 8 * masks }, (_, i) => ACTIVATIONS[i % 8]!);
  return {
    at: "000:249",
    what: "mean of 1 to 8 over 100,000 masks of seed 0 (expected: 4.5)",
    run: true,
    lesson: "4.509",
    ours: [moments(drop(values)).mean],
  };
}

async function samples(): Promise<Figure[]> {
  const drop = await dropper(0.5, 8, randomState(42));
  const printed = [
    ["[ 0.  4.  6.  8.  0.  0.  0. 16.]", "4.25, 4/8"],
    ["[ 2.  4.  0.  8. 10.  0.  0.  0.]", "3.00, 4/8"],
    ["[ 0.  4.  0.  0. 10.  0.  0.  0.]", "1.75, 2/8"],
    ["[ 0.  4.  0.  8. 10.  0. 14.  0.]", "4.50, 4/8"],
  ] as const;
  const original: Figure = {
    at: "001:190",
    what: "mean of the activations",
    run: true,
    lesson: "4.50",
    ours: [moments(ACTIVATIONS).mean],
  };
  return [
    original,
    ...printed.flatMap(([sample, figures], i): Figure[] => {
      const output = drop(ACTIVATIONS);
      const active = output.filter((value) => value !== 0).length;
      return [
        {
          at: "001:196",
          what: `dropout sample ${i + 1}`,
          run: true,
          lesson: sample,
          ours: [...output],
        },
        {
          at: "001:198",
          what: `its mean, and how many are active`,
          run: true,
          lesson: figures,
          ours: [moments(output).mean, active, output.length],
        },
      ];
    }),
  ];
}

async function rates(): Promise<Figure[]> {
  const share = new Map<number, number>();
  for (const rate of [0, 0.1, 0.3, 0.5]) share.set(rate, await dropped(rate));
  const named: [string, string, number[]][] = [
    ["001:205", "input layer", [0, 0.1]],
    ["001:206", "convolutional layers", [0.1, 0.3]],
    ["001:207", "fully connected hidden layers", [0.3, 0.5]],
    ["001:208", "just before the output", [0]],
    ["002:75", "layer-dependent", [0.1, 0.5]],
    ["002:110", "recipe", [0.1, 0.3]],
  ];
  return named.map(([at, what, range]) => ({
    at,
    what: `dropout rates, ${what}: share that is dropped`,
    lesson: range.map((rate) => rate.toFixed(1)).join(" - "),
    ours: range.map((rate) => share.get(rate)!),
  }));
}
