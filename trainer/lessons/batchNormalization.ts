/** Lesson 001's demonstrations of batch normalisation. */
import * as tf from "@tensorflow/tfjs-core";
import type { RecipeLayer } from "../../recipe/schema.ts";
import type { ActivationFigures } from "../probe/activations.ts";
import { moments, networkOf, outputsOf } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { type RandomState, randomState } from "./numpy.ts";

/** A batch through one layer of batch normalisation, as in training. */
async function normalized(values: Float32Array, units: number): Promise<ActivationFigures> {
  const network = await networkOf([{ type: "batchNormalization" }], units, randomState(0));
  return outputsOf(network, { rows: values.length / units, values })[0]!.figures;
}

export async function batchNormalizationFigures(): Promise<Figure[]> {
  return [...(await drift()), ...(await beforeAndAfter()), ...(await table()), await alone()];
}

async function drift(): Promise<Figure[]> {
  const values = randomState(42)
    .normals(256 * 64)
    .map((z) => 3.7 + 0.1 * z);
  const before = moments(values);
  const after = await normalized(values, 64);
  return [
    {
      at: "001:112",
      what: "inputs that have drifted: mean and variance",
      lesson: "3.7, 0.01",
      ours: [before.mean, before.std ** 2],
    },
    {
      at: "001:114",
      what: "and after batch normalisation: mean and deviation",
      run: true,
      lesson: "0.00, 1.00",
      ours: [after.mean!, after.std!],
    },
  ];
}

async function beforeAndAfter(): Promise<Figure[]> {
  const values = randomState(42)
    .normals(32 * 64)
    .map((z) => z * 5 + 3);
  const before = moments(values);
  const after = await normalized(values, 64);
  const both = [before.mean, before.std];
  return [
    { at: "001:126", what: "before: mean and deviation, about", lesson: "3, 5", ours: both },
    {
      at: "001:127",
      what: "before: mean and deviation",
      run: true,
      lesson: "3.20, 4.95",
      ours: both,
    },
    {
      at: "001:133",
      what: "after: mean and deviation",
      run: true,
      lesson: "0.0000, 1.0000",
      ours: [after.mean!, after.std!],
    },
  ];
}

/** What the lesson's table of 15 relu layers says when its code is run. */
const TABLE = [
  "0.5731 0.8382  0.3998 0.5849",
  "0.5567 0.8500  0.3985 0.5848",
  "0.5950 0.9025  0.3974 0.5775",
  "0.5846 0.8600  0.3950 0.5855",
  "0.5860 0.8833  0.3929 0.5825",
  "0.5093 0.8011  0.3951 0.5866",
  "0.5645 0.8891  0.3946 0.5868",
  "0.5393 0.8222  0.3918 0.5894",
  "0.5911 0.8976  0.3924 0.5820",
  "0.5908 0.9260  0.3892 0.5786",
  "0.5316 0.9263  0.3916 0.5836",
  "0.7066 1.0842  0.3940 0.5884",
  "0.7542 1.1596  0.3938 0.5828",
  "1.0894 1.6267  0.3926 0.5863",
  "0.8839 1.4145  0.3924 0.5823",
];

async function table(): Promise<Figure[]> {
  const random = randomState(42);
  const without = await reluOutputs(random, []);
  const with_ = await reluOutputs(random, [{ type: "batchNormalization" }]);
  return TABLE.map((lesson, i) => {
    const plain = without[i]!;
    const batch = with_[i]!;
    return {
      at: "001:167",
      what: `layer ${i}: mean and deviation, without and with BN`,
      run: true,
      lesson,
      ours: [plain.mean!, plain.std!, batch.mean!, batch.std!],
    };
  });
}

/** A batch of 64 through 15 relu layers of 128 units with He weights. */
async function reluOutputs(
  random: RandomState,
  beforeRelu: RecipeLayer[],
): Promise<ActivationFigures[]> {
  const inputs = { rows: 64, values: random.normals(64 * 128) };
  const block = (): RecipeLayer[] => [
    {
      type: "dense",
      units: 128,
      useBias: false,
      kernelInitializer: { type: "randomNormal", stddev: Math.sqrt(2 / 128) },
    },
    ...beforeRelu.map((layer) => ({ ...layer })),
    { type: "activation", activation: "relu" },
  ];
  const layers = Array.from({ length: 15 }, block).flat();
  const outputs = outputsOf(await networkOf(layers, 128, random), inputs);
  return outputs.flatMap(({ figures }, i) => (layers[i]!.type === "activation" ? [figures] : []));
}

/** The lesson's function knows no running averages. */
async function alone(): Promise<Figure> {
  const network = await networkOf([{ type: "batchNormalization" }], 1, randomState(0));
  const output = tf.tidy(() => network.forward(Float32Array.of(3), 1, false, () => {}).dataSync());
  return {
    at: "001:122",
    what: "a single example of value 3, in evaluation",
    run: true,
    lesson: "0.00",
    ours: [...output],
    wrong: {
      right: "3.00",
      reason:
        "Its form is for training only: evaluation needs running averages, or one example becomes β.",
    },
  };
}
