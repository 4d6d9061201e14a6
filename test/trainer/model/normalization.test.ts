import { beforeAll, describe, expect, it } from "vitest";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { randomState } from "../../../trainer/lessons/numpy.ts";
import { stream } from "../../../trainer/random.ts";
import {
  BACKENDS,
  gradientsOf,
  moments,
  networkOf,
  outputsOf,
  readOut,
  START,
  setParameter,
} from "./network.ts";

const ROWS = 32;
const UNITS = 6;

/** Not centred, of deviation 5. */
function examples(rows: number, width: number): Float32Array {
  const { normal } = stream(1, "x");
  return Float32Array.from({ length: rows * width }, () => 5 * normal() + 3);
}

/** What a layer named "it" gives, while training. */
async function through(layer: RecipeLayer, shape: number[], inputs: Float32Array) {
  const network = await networkOf(readOut([{ ...layer, name: "it" }]), shape);
  const rows = inputs.length / shape.reduce((a, b) => a * b);
  return outputsOf(network, inputs, rows).get("it")!;
}

/** The values of one unit or channel, or of one row. */
const every = (values: Float32Array, count: number, at: number) =>
  values.filter((_, i) => i % count === at);
const row = (values: Float32Array, length: number, at: number) =>
  values.subarray(at * length, (at + 1) * length);

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => START[backend]());

  it("S1-16: batch normalisation makes each unit mean 0 and population deviation 1", async () => {
    const output = await through({ type: "batchNormalization" }, [UNITS], examples(ROWS, UNITS));
    for (let unit = 0; unit < UNITS; unit++) {
      const { mean, std } = moments(every(output, UNITS, unit));
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(std).toBeCloseTo(1, 5);
    }
  });

  it("S2-23: of pictures, each channel over the batch and all places", async () => {
    const output = await through({ type: "batchNormalization" }, [4, 5, 3], examples(ROWS, 60));
    for (let channel = 0; channel < 3; channel++) {
      const { mean, std } = moments(every(output, 3, channel));
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(std).toBeCloseTo(1, 5);
    }
  });

  it("evaluates by running figures, which follow slowly", async () => {
    const layers: RecipeLayer[] = [{ type: "batchNormalization", name: "it", momentum: 0.9 }];
    const network = await networkOf(readOut(layers), [1]);
    const evaluate = () => outputsOf(network, Float32Array.of(3), 1, false).get("it")![0]!;
    expect(evaluate()).toBeCloseTo(3, 4);
    outputsOf(network, Float32Array.of(1, 5), 2);
    // Mean 3 and variance 4 of the batch, a tenth of the way from 0 and 1.
    expect(evaluate()).toBeCloseTo((3 - 0.3) / Math.sqrt(0.9 + 0.4), 4);
  });

  it("S1-21: layer normalisation makes each example mean 0 and deviation 1", async () => {
    const inputs = examples(4, 64);
    const output = await through({ type: "layerNormalization" }, [64], inputs);
    for (let i = 0; i < 4; i++) {
      const { mean, std } = moments(row(output, 64, i));
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(std).toBeCloseTo(1, 5);
    }
  });

  it("S4-23: a batch of one is normalised by layer normalisation, batch normalisation makes β of it", async () => {
    const inputs = examples(1, 64);
    const layer = await through({ type: "layerNormalization" }, [64], inputs);
    expect(Math.abs(moments(layer).mean)).toBeLessThan(1e-6);
    expect(moments(layer).std).toBeCloseTo(1, 5);
    const batch = await through({ type: "batchNormalization" }, [64], inputs);
    expect(new Set(batch.map(Math.abs))).toEqual(new Set([0]));
  });

  it("layer normalisation scales and shifts by unit", async () => {
    const network = await networkOf(readOut([{ type: "layerNormalization", name: "it" }]), [2]);
    setParameter(network, "it.gamma", [3, 5]);
    setParameter(network, "it.beta", [10, 20]);
    const [first, second] = outputsOf(network, Float32Array.of(7, 9), 1).get("it")!;
    expect(first).toBeCloseTo(10 - 3, 4);
    expect(second).toBeCloseTo(20 + 5, 4);
  });

  it("layer normalisation keeps its digits on large, nearly equal numbers", async () => {
    const inputs = Float32Array.of(10_000, 10_001, 10_002, 10_003);
    const output = await through({ type: "layerNormalization" }, [4], inputs);
    [-1.341636, -0.447212, 0.447212, 1.341636].forEach((wanted, i) => {
      expect(output[i]).toBeCloseTo(wanted, 5);
    });
  });

  it("shows NaN: a broken example spoils its own row, and under batch normalisation the batch", async () => {
    const inputs = examples(4, 3);
    inputs[4] = Number.NaN;
    const layer = await through({ type: "layerNormalization" }, [3], inputs);
    expect([...layer].map(Number.isNaN)).toEqual(Array.from(layer, (_, i) => i >= 3 && i < 6));
    const batch = await through({ type: "batchNormalization" }, [3], inputs);
    expect([...batch].map(Number.isNaN)).toEqual(Array.from(batch, (_, i) => i % 3 === 1));
  });

  it("S1-19: a bias in front of batch normalisation gets no gradient", async () => {
    const layers: RecipeLayer[] = [
      { type: "dense", units: UNITS, name: "before", useBias: true },
      { type: "batchNormalization" },
      { type: "activation", activation: "tanh" },
    ];
    const network = await networkOf(readOut(layers), [UNITS]);
    const gradients = gradientsOf(network, examples(ROWS, UNITS), ROWS);
    for (const value of gradients.get("before.bias")!) expect(Math.abs(value)).toBeLessThan(1e-6);
    expect(moments(gradients.get("before.kernel")!).std).toBeGreaterThan(1e-4);
  });

  it("S1-20: 15 relu layers without and with batch normalisation have the lesson's figures", async () => {
    const random = randomState(42);
    const plain = await fifteenLayers(random, []);
    const normalized = await fifteenLayers(random, [{ type: "batchNormalization" }]);
    const table: [number, number, number, number, number][] = [
      [0, 0.5731, 0.8382, 0.3998, 0.5849],
      [7, 0.5393, 0.8222, 0.3918, 0.5894],
      [13, 1.0894, 1.6267, 0.3926, 0.5863],
      [14, 0.8839, 1.4145, 0.3924, 0.5823],
    ];
    for (const [layer, mean, std, meanWith, stdWith] of table) {
      expect(plain[layer]!.mean).toBeCloseTo(mean, 4);
      expect(plain[layer]!.std).toBeCloseTo(std, 4);
      expect(normalized[layer]!.mean).toBeCloseTo(meanWith, 4);
      expect(normalized[layer]!.std).toBeCloseTo(stdWith, 4);
    }
  });

  it("S1-18: between a linear layer and relu it gives mean 0.3989 and deviation 0.5838, at any scale", async () => {
    const layers: RecipeLayer[] = [
      { type: "dense", units: 64, kernelInitializer: { type: "randomNormal", stddev: 40 } },
      { type: "batchNormalization" },
      { type: "activation", activation: "relu", name: "it" },
    ];
    const network = await networkOf(readOut(layers), [64]);
    const { mean, std } = moments(outputsOf(network, examples(256, 64), 256).get("it")!);
    expect(Math.abs(mean - 0.3989)).toBeLessThan(0.01);
    expect(Math.abs(std - 0.5838)).toBeLessThan(0.01);
  });
});

it("S1-19: a linear layer in front of batch normalisation has no bias, unless it is asked for", async () => {
  await START.cpu();
  const parameters = async (first: object, second: RecipeLayer) => {
    const layers: RecipeLayer[] = [{ type: "dense", units: 4, name: "it", ...first }, second];
    const network = await networkOf(readOut(layers), [3]);
    return network.layers[0]!.parameters.map(({ name }) => name);
  };
  const normalization: RecipeLayer = { type: "batchNormalization" };
  expect(await parameters({}, normalization)).toEqual(["it.kernel"]);
  expect(await parameters({ useBias: true }, normalization)).toEqual(["it.kernel", "it.bias"]);
  expect(await parameters({ activation: "relu" }, normalization)).toEqual(["it.kernel", "it.bias"]);
  expect(await parameters({}, { type: "layerNormalization" })).toEqual(["it.kernel", "it.bias"]);
});

/** A batch of 64 through 15 relu layers of 128 units, He weights by numpy's numbers; mean and deviation after each. */
async function fifteenLayers(random: ReturnType<typeof randomState>, beforeRelu: RecipeLayer[]) {
  const inputs = Float32Array.from({ length: 64 * 128 }, random.normal);
  const block = (i: number): RecipeLayer[] => [
    { type: "dense", units: 128, name: `linear${i}`, useBias: false },
    ...beforeRelu,
    { type: "activation", activation: "relu", name: `relu${i}` },
  ];
  const network = await networkOf(
    readOut(Array.from({ length: 15 }, (_, i) => block(i)).flat()),
    [128],
  );
  const std = Math.sqrt(2 / 128);
  for (let i = 0; i < 15; i++) {
    const kernel = Float64Array.from({ length: 128 * 128 }, () => std * random.normal());
    setParameter(network, `linear${i}.kernel`, kernel);
  }
  const outputs = outputsOf(network, inputs, 64);
  return Array.from({ length: 15 }, (_, i) => moments(outputs.get(`relu${i}`)!));
}
