import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { BACKENDS, networkOf, outputsOf, readOut, START, setParameter } from "./network.ts";

/** Shapes and parameters of a network on one kind of picture. */
async function describeNetwork(layers: RecipeLayer[], shape: number[]) {
  const network = await networkOf(readOut(layers), shape);
  return network.layers.map(({ shape: to, fanIn, fanOut, parameters }) => ({
    shape: to,
    fans: [fanIn, fanOut],
    parameters: parameters.reduce((sum, { values }) => sum + values.length, 0),
    rates: parameters.map(({ rate }) => rate),
  }));
}

/** What a layer without parameters makes of one picture. */
async function through(layer: RecipeLayer, shape: number[], values: number[]) {
  const network = await networkOf(readOut([{ ...layer, name: "it" }]), shape);
  return [...outputsOf(network, Float32Array.from(values), 1).get("it")!];
}

const conv = (more: object): RecipeLayer => ({
  type: "conv2d",
  filters: 8,
  kernelSize: 3,
  ...more,
});
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => START[backend]());

  it.each<[string, RecipeLayer, number[]]>([
    ["conv2d", conv({}), [26, 26, 8]],
    ["conv2d with padding", conv({ padding: "same" }), [28, 28, 8]],
    ["conv2d with strides", conv({ strides: 2 }), [13, 13, 8]],
    ["conv2d with strides and padding", conv({ strides: [2, 3], padding: "same" }), [14, 10, 8]],
    ["conv2d of 5 × 1", conv({ kernelSize: [5, 1] }), [24, 28, 8]],
    ["maxPooling2d", { type: "maxPooling2d" }, [14, 14, 1]],
    ["maxPooling2d of 3", { type: "maxPooling2d", poolSize: 3 }, [9, 9, 1]],
    [
      "maxPooling2d of 3, padded",
      { type: "maxPooling2d", poolSize: 3, padding: "same" },
      [10, 10, 1],
    ],
    ["averagePooling2d with strides", { type: "averagePooling2d", strides: 1 }, [27, 27, 1]],
    ["globalAveragePooling2d", { type: "globalAveragePooling2d" }, [1]],
    ["flatten", { type: "flatten" }, [784]],
  ])("%s gives its shape of 28 × 28 × 1", async (_what, layer, shape) => {
    expect((await describeNetwork([layer], [28, 28, 1]))[0]!.shape).toEqual(shape);
    const network = await networkOf(readOut([{ ...layer, name: "it" }]), [28, 28, 1]);
    const output = outputsOf(network, new Float32Array(784), 1).get("it")!;
    expect(output).toHaveLength(shape.reduce((a, b) => a * b));
  });

  it("conv2d counts fan-in, fan-out and parameters as Keras does", async () => {
    const layers = [conv({}), conv({ filters: 16, kernelSize: [3, 2] })];
    const [first, second] = await describeNetwork(layers, [28, 28, 3]);
    expect(first).toMatchObject({ fans: [27, 72], parameters: 224 });
    expect(second).toMatchObject({ fans: [48, 96], parameters: 784 });
  });

  it("conv2d with perUse learns at 1 / √(positions) (S4-09)", async () => {
    const [layer] = await describeNetwork(
      [conv({ learningRateMultiplier: "perUse" })],
      [12, 12, 1],
    );
    expect(layer!.rates).toEqual([0.1, 0.1]);
  });

  it("conv2d slides its kernel over the picture", async () => {
    const layer = conv({ filters: 1, kernelSize: 2, name: "it" });
    const network = await networkOf(readOut([layer]), [2, 3, 1]);
    setParameter(network, "it.kernel", [1, 10, 100, 1000]);
    setParameter(network, "it.bias", [0.5]);
    const output = outputsOf(network, Float32Array.from(oneTo(6)), 1).get("it")!;
    expect([...output]).toEqual([5421.5, 6532.5]);
  });

  it("pools the maximum or the average of each window of each channel", async () => {
    // Two channels: the numbers from 1, and their negatives.
    const values = oneTo(8).flatMap((v) => [v, -v]);
    expect(await through({ type: "maxPooling2d" }, [2, 4, 2], values)).toEqual([6, -1, 8, -3]);
    expect(await through({ type: "averagePooling2d" }, [2, 4, 2], values)).toEqual([
      3.5, -3.5, 5.5, -5.5,
    ]);
    expect(await through({ type: "globalAveragePooling2d" }, [2, 4, 2], values)).toEqual([
      4.5, -4.5,
    ]);
  });

  it("leaves out of an average what lies outside the picture, as Keras does", async () => {
    const layer: RecipeLayer = { type: "averagePooling2d", padding: "same" };
    expect(await through(layer, [3, 3, 1], oneTo(9))).toEqual([3, 4.5, 7.5, 9]);
  });

  it("shows NaN in an average", async () => {
    const values = [Number.NaN, 2, 3, 4, 5, 6, 7, 8];
    expect(
      (await through({ type: "averagePooling2d" }, [2, 4, 1], values)).map(Number.isNaN),
    ).toEqual([true, false]);
    expect(await through({ type: "globalAveragePooling2d" }, [2, 4, 1], values)).toEqual([
      Number.NaN,
    ]);
  });

  it("flatten gives line after line, the channels of a pixel side by side, and leaves rows", async () => {
    expect(await through({ type: "flatten" }, [2, 2, 2], oneTo(8))).toEqual(oneTo(8));
    expect(await through({ type: "flatten" }, [8], oneTo(8))).toEqual(oneTo(8));
  });

  it("keeps no tensors behind", async () => {
    const layers: RecipeLayer[] = [
      conv({ activation: "gelu" }),
      { type: "layerNormalization" },
      { type: "averagePooling2d", padding: "same" },
      { type: "residual", layers: [conv({ padding: "same", filters: 4 }), { type: "prelu" }] },
      { type: "maxPooling2d" },
    ];
    const network = await networkOf(readOut(layers), [9, 9, 2]);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) outputsOf(network, new Float32Array(162), 1);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it.each(BACKENDS)("shows NaN in a maximum, on %s", async (backend) => {
  await START[backend]();
  const values = [1, Number.NaN, 3, 4, 5, 6, 7, 8];
  expect((await through({ type: "maxPooling2d" }, [2, 4, 1], values)).map(Number.isNaN)).toEqual([
    true,
    false,
  ]);
});

it.each<[string, RecipeLayer[], number[], string]>([
  [
    "a picture layer that gets rows",
    [conv({ name: "see" })],
    [784],
    'The conv2d layer see needs pictures, and rows of 784 numbers come in: say what pictures they are in "data", as "shape": [height, width, channels], and put the layer before any flatten or dense layer.',
  ],
  [
    "a window that does not fit",
    [conv({ name: "see", kernelSize: [3, 5] })],
    [4, 4, 1],
    'The window of the conv2d layer see is 3 × 5, and the picture that comes in only 4 × 4: make "kernelSize" smaller, or set "padding": "same".',
  ],
  [
    "pooling that leaves nothing",
    [
      { type: "maxPooling2d", poolSize: 4 },
      { type: "averagePooling2d", name: "more" },
    ],
    [5, 5, 1],
    'The window of the averagePooling2d layer more is 2 × 2, and the picture that comes in only 1 × 1: make "poolSize" smaller, or set "padding": "same".',
  ],
  [
    "a dense layer that gets pictures",
    [{ type: "dense", units: 3, name: "out" }],
    [4, 4, 1],
    'The dense layer out gets 4 × 4 × 1 values an example: put a { "type": "flatten" } layer before it.',
  ],
  [
    "Gaussians that get pictures",
    [{ type: "rbf", units: 3, name: "near" }],
    [4, 4, 1],
    'The rbf layer near gets 4 × 4 × 1 values an example: put a { "type": "flatten" } layer before it.',
  ],
])("refuses %s in one sentence", async (_what, layers, shape, sentence) => {
  await START.cpu();
  await expect(networkOf(readOut(layers), shape)).rejects.toThrow(sentence);
});

it("takes a window larger than the picture where it is padded", async () => {
  await START.cpu();
  const layers = [conv({ kernelSize: 5, padding: "same" })];
  expect((await describeNetwork(layers, [3, 2, 1]))[0]!.shape).toEqual([3, 2, 8]);
});

it("says where the mistake stands, also inside a block", async () => {
  await START.cpu();
  const layers: RecipeLayer[] = [{ type: "residual", layers: [conv({ kernelSize: 9 })] }];
  await expect(networkOf(readOut(layers), [4, 4, 1])).rejects.toMatchObject({
    where: { recipe: ["layers", 0, "layers", 0, "kernelSize"] },
  });
});
