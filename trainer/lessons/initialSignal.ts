/** What becomes of a signal on its way through layers with too small, too large and fitting weights. */
import { scaledStd } from "../../recipe/initializers.ts";
import type { ActivationName } from "../../recipe/names.ts";
import { networkOf, type Output, outputsOf, type Table } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { type RandomState, randomState } from "./numpy.ts";

/**
 * The output of each of some layers without bias, their weights drawn like `np.random.randn(…) * std`. A scaled
 * initializer of ours gives the same deviation, but cuts its normal off at ±2 as Keras does, and so draws other numbers.
 */
async function through(
  layers: number,
  units: number,
  activation: ActivationName,
  std: number,
  random: RandomState,
  inputs: Table,
): Promise<Output[]> {
  const layer = {
    type: "dense" as const,
    units,
    activation,
    useBias: false,
    kernelInitializer: { type: "randomNormal" as const, stddev: std },
  };
  const stack = Array.from({ length: layers }, () => ({ ...layer }));
  return outputsOf(await networkOf(stack, units, random), inputs);
}

export async function initialSignalFigures(): Promise<Figure[]> {
  return [...(await sigmoidLayers()), ...(await reluLayers())];
}

/** Lesson 000: a batch of 200 through five sigmoid layers of 1000 units. */
async function sigmoidLayers(): Promise<Figure[]> {
  const run = (std: number) => {
    const random = randomState(42);
    const inputs = { rows: 200, values: random.normals(200 * 1000) };
    return through(5, 1000, "sigmoid", std, random, inputs);
  };
  const large = (await run(2)).map(({ figures }) => figures.saturated!);
  const small = await run(0.001);
  const scaled = await run(scaledStd("leCunNormal", 1000, 1000));
  return [
    {
      at: "000:20",
      what: "sigmoid layers 1 to 5, weights × 2.0: share within 0.01 of 0 or 1",
      lesson: "all",
      ours: {
        text: large.map((value) => value.toFixed(3)).join(", "),
        holds: Math.min(...large) > 0.91 && Math.max(...large) < 0.95,
      },
      wrong: {
        reason: "Most and not all are saturated: 91.5 to 94.2 % of a layer's outputs.",
      },
    },
    {
      at: "000:24",
      what: "weights × 0.001: mean after layers 1 to 5",
      lesson: "0.5, 0.5, 0.5, 0.5, 0.5",
      ours: small.map(({ figures }) => figures.mean!),
    },
    {
      at: "000:24",
      what: "weights × 0.001: no signal; deviation after layers 1 to 5",
      run: true,
      lesson: "0.0079, 0.0040, 0.0040, 0.0038, 0.0039",
      ours: small.map(({ figures }) => figures.std!),
    },
    {
      at: "000:29",
      what: "weights / √n_in: deviation after layers 1 to 5",
      run: true,
      lesson: "0.208, 0.128, 0.121, 0.117, 0.120",
      ours: scaled.map(({ figures }) => figures.std!),
    },
    {
      at: "000:29",
      what: "weights / √n_in: share within 0.01 of 0 or 1",
      run: true,
      lesson: "0.000",
      ours: [Math.max(...scaled.map(({ figures }) => figures.saturated!))],
    },
  ];
}

/** Lesson 001: a batch of 100 through 20 relu layers of 64 units. */
async function reluLayers(): Promise<Figure[]> {
  // The lesson draws the inputs before it seeds, so its figures differ from run to run; here they are of seed 42 too.
  const inputs = { rows: 100, values: randomState(42).normals(100 * 64) };
  const run = (std: number) => through(20, 64, "relu", std, randomState(42), inputs);
  const he = await run(scaledStd("heNormal", 64, 64));
  const strategies = [
    { name: "small", line: 78, outputs: await run(0.01), lesson: "2.1791e-26, 3.9225e-26" },
    { name: "large", line: 80, outputs: await run(1), lesson: "2.1791e+14, 3.9225e+14" },
    { name: "he", line: 82, outputs: he, lesson: "1.9355e-01, 3.4839e-01" },
  ];
  const leCun = await run(scaledStd("leCunNormal", 64, 64));
  const deviations = he.map(({ figures }) => figures.std!);
  const last = he[19]!.values;
  const silence = last.filter((value) => value === 0).length / last.length;
  return [
    ...strategies.map(({ name, line, outputs, lesson }): Figure => {
      const { mean, std } = outputs[19]!.figures;
      return {
        at: `001:${line}`,
        what: `${name} weights, inputs of seed 42 too: mean and deviation after 20 relu layers`,
        run: true,
        lesson,
        ours: [mean!, std!],
      };
    }),
    {
      at: "001:95",
      what: "dead units of 64 after 20 layers: small, large, he",
      run: true,
      lesson: "13, 13, 13",
      ours: strategies.map(({ outputs }) => outputs[19]!.figures.silent! * 64),
      wrong: {
        reason:
          "The three differ by a factor only, which relu lets through: dead units are no evidence of a bad scale.",
      },
    },
    {
      at: "001:99",
      what: "He: deviation after the first and the twentieth layer",
      lesson: "stable",
      ours: {
        text: `${deviations[0]!.toFixed(2)}, ${deviations[19]!.toFixed(2)}`,
        holds: deviations[19]! < deviations[0]! && deviations[19]! > deviations[0]! / 3,
      },
      wrong: {
        reason: "With 64 units it falls by more than half: of the same order, but not the same.",
      },
    },
    {
      at: "001:99",
      what: "share of outputs that relu zeroes",
      lesson: "roughly half",
      ours: { text: silence.toFixed(2), holds: Math.abs(silence - 0.5) < 0.1 },
    },
    {
      at: "004:130",
      what: "deviation after 20 relu layers: √(1/n) weights, He",
      run: true,
      lesson: "3.402e-04, 3.484e-01",
      ours: [leCun[19]!.figures.std!, deviations[19]!],
    },
  ];
}
