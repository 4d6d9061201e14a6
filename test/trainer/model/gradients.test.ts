import { beforeAll, describe, expect, it } from "vitest";
import type { ActivationName } from "../../../recipe/names.ts";
import { ACTIVATIONS } from "../../../recipe/names.ts";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import type { Network } from "../../../trainer/model/network.ts";
import { stream } from "../../../trainer/random.ts";
import { gradientsOf, networkOf, outputsOf, readOut, START, setParameter } from "./network.ts";
import { Reference, type Values, type Weights } from "./reference.ts";

const ROWS = 5;
/** Of the largest gradient of a parameter: what 32 bits lose over the layers. */
const TOLERANCE = 3e-6;

const inside = (activation: ActivationName): RecipeLayer => ({
  type: "dense",
  units: 4,
  activation,
});
const conv = (more: object = {}): RecipeLayer => ({
  type: "conv2d",
  filters: 3,
  kernelSize: 3,
  ...more,
});

/** Each has learned layers in front of what it is about, whose gradients come through it. */
const ON_ROWS: [string, RecipeLayer[]][] = [
  ...ACTIVATIONS.map((name): [string, RecipeLayer[]] => [
    `dense ${name}`,
    [inside("linear"), inside(name)],
  ]),
  ["dense without bias", [{ type: "dense", units: 4, useBias: false }]],
  ["batchNormalization", [inside("linear"), { type: "batchNormalization" }]],
  ["layerNormalization", [inside("linear"), { type: "layerNormalization" }]],
  ["prelu", [inside("linear"), { type: "prelu" }]],
  ["rbf", [inside("tanh"), { type: "rbf", units: 3 }]],
  ["residual", [inside("tanh"), { type: "residual", layers: [inside("tanh"), inside("linear")] }]],
  [
    "residual with an activation",
    [inside("tanh"), { type: "residual", layers: [inside("tanh")], activation: "swish" }],
  ],
  [
    "residual with a projection",
    [
      inside("tanh"),
      { type: "residual", layers: [{ type: "dense", units: 6, activation: "tanh" }] },
    ],
  ],
  [
    "residual in a residual",
    [
      inside("tanh"),
      {
        type: "residual",
        layers: [inside("tanh"), { type: "residual", layers: [inside("tanh"), { type: "prelu" }] }],
      },
    ],
  ],
];

const ON_PICTURES: [string, RecipeLayer[]][] = [
  ["conv2d", [conv(), conv({ kernelSize: 2 })]],
  [
    "conv2d with padding",
    [conv({ padding: "same" }), conv({ padding: "same", kernelSize: [2, 3] })],
  ],
  ["conv2d with strides", [conv({ padding: "same", strides: 2 }), conv({ strides: [2, 1] })]],
  ["conv2d without bias", [conv({ useBias: false, activation: "tanh" })]],
  ["maxPooling2d", [conv({ padding: "same" }), { type: "maxPooling2d" }]],
  [
    "maxPooling2d with padding",
    [conv({ padding: "same" }), { type: "maxPooling2d", poolSize: 3, strides: 2, padding: "same" }],
  ],
  ["averagePooling2d", [conv({ padding: "same" }), { type: "averagePooling2d" }]],
  [
    "averagePooling2d of overlapping windows",
    [conv({ padding: "same" }), { type: "averagePooling2d", poolSize: [3, 2], strides: [1, 2] }],
  ],
  [
    "averagePooling2d with padding",
    [conv({ padding: "same" }), { type: "averagePooling2d", poolSize: 2, padding: "same" }],
  ],
  ["globalAveragePooling2d", [conv({ activation: "tanh" }), { type: "globalAveragePooling2d" }]],
  ["batchNormalization of pictures (S2-23)", [conv(), { type: "batchNormalization" }]],
  ["layerNormalization of pictures", [conv(), { type: "layerNormalization" }]],
  ["prelu of pictures", [conv(), { type: "prelu" }]],
  ["softmax of pictures", [conv(), { type: "activation", activation: "softmax" }]],
  [
    "residual of pictures",
    [conv(), { type: "residual", layers: [conv({ padding: "same" })], activation: "tanh" }],
  ],
  [
    "residual of pictures with a projection",
    [conv(), { type: "residual", layers: [conv({ padding: "same", strides: 2, filters: 4 })] }],
  ],
];

/** Random, in place of zeros and equal slopes that would leave terms out. */
function randomWeights(network: Network, seed: number): Weights {
  const { normal } = stream(seed, "weights");
  return new Map(
    network.parameters.map((parameter) => {
      const values = Float32Array.from(parameter.values, () => 0.5 * normal());
      setParameter(network, parameter.name, values);
      return [parameter.name, Float64Array.from(values)];
    }),
  );
}

async function setUp(layers: RecipeLayer[], shape: number[]) {
  const all = readOut(layers);
  const size = shape.reduce((a, b) => a * b);
  const { normal } = stream(7, "inputs");
  const inputs = Float32Array.from({ length: ROWS * size }, normal);
  const network = await networkOf(all, shape, { examples: inputs });
  const weights = randomWeights(network, 3);
  const reference = new Reference(all);
  const x: Values = { shape, data: Float64Array.from(inputs) };
  return { network, inputs, weights, forward: () => reference.forward(x, weights).data };
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

/** Central differences in 64 bits. */
function numericGradient(values: Float64Array, f: () => number): Float64Array {
  const h = 1e-5;
  return values.map((value, i) => {
    const at = (shifted: number) => {
      values[i] = shifted;
      return f();
    };
    const slope = (at(value + h) - at(value - h)) / (2 * h);
    values[i] = value;
    return slope;
  });
}

function agree(got: ArrayLike<number>, wanted: Float64Array, what: string): void {
  const scale = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(got[i]! - value)), 0);
  expect(got.length, what).toBe(wanted.length);
  expect(worst / scale, what).toBeLessThan(TOLERANCE);
}

describe.each(["cpu", "wasm"] as const)(
  "S2-05 on %s: values and gradients are those of the formula",
  (name) => {
    beforeAll(() => START[name]());

    const CASES = [
      ...ON_ROWS.map(([what, layers]) => ({ what, layers, shape: [3] })),
      ...ON_PICTURES.map(([what, layers]) => ({ what, layers, shape: [6, 5, 2] })),
    ];
    it.each(CASES)("$what", async ({ layers, shape }) => {
      const { network, inputs, weights, forward } = await setUp(layers, shape);
      agree(outputsOf(network, inputs, ROWS).get("readout")!, forward(), "output");
      const gradients = gradientsOf(network, inputs, ROWS);
      expect([...gradients.keys()].length).toBeGreaterThan(2);
      for (const [parameter, values] of weights) {
        agree(
          gradients.get(parameter)!,
          numericGradient(values, () => sum(forward())),
          parameter,
        );
      }
    });
  },
);
