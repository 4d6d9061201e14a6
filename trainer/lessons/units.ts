/** What the lessons say of single units: tanh, sigmoid, radial basis functions, targets. */
import * as tf from "@tensorflow/tfjs-core";
import type { ActivationName } from "../../recipe/names.ts";
import { ENCODINGS } from "../data/encoding.ts";
import { ACTIVATE } from "../model/activations.ts";
import { moments, networkOf, outputsOf } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { randomState } from "./numpy.ts";

export async function unitFigures(): Promise<Figure[]> {
  return [await zeroMean(), ...tangent(), targets(), await gaussian(), await parameterCount()];
}

/** Mean output for a million standard normal sums. */
function meanOutput(activation: ActivationName): number {
  const sums = randomState(42).normals(1_000_000);
  const output = tf.tidy(() => ACTIVATE[activation](tf.tensor2d(sums, [1000, 1000])).dataSync());
  return moments(output as Float32Array).mean;
}

async function zeroMean(): Promise<Figure> {
  return {
    at: "004:67",
    what: "mean output of tanh, and of sigmoid",
    run: true,
    lesson: "0.00, 0.50",
    ours: [meanOutput("tanh"), meanOutput("sigmoid")],
  };
}

function tangent(): Figure[] {
  const derivative = tf.tidy(() =>
    tf
      .grad((x) => ACTIVATE.tanh(x))(tf.tensor2d([[0, 1, 2, 3]]))
      .dataSync(),
  );
  return [
    {
      at: "004:73",
      what: "derivative of tanh at 0, 1, 2, 3: strongest at",
      lesson: "0",
      ours: {
        text: [...derivative].map((value) => value.toFixed(4)).join(", "),
        holds: derivative.every((value, i) => i === 0 || value < derivative[i - 1]!),
      },
    },
  ];
}

function targets(): Figure {
  const { value } = ENCODINGS.plusMinusOne(2);
  return {
    at: "004:80",
    what: "two classes as targets",
    lesson: "-1, 1",
    ours: [value(0, 0), value(1, 0)],
  };
}

/** One unit of width 1 whose centre is the only example, 0. */
async function gaussian(): Promise<Figure> {
  const layers = [{ type: "rbf" as const, units: 1, width: 1 }];
  const network = await networkOf(layers, 1, randomState(42), Float32Array.of(0));
  const [output] = outputsOf(network, { rows: 3, values: Float32Array.of(0, 1, 3) });
  return {
    at: "004:92",
    what: "Gaussian unit at its centre, one and three widths away: local",
    run: true,
    lesson: "1.0000, 0.6065, 0.0111",
    ours: [...output!.values],
  };
}

async function parameterCount(): Promise<Figure> {
  const layers = [64, 10].map((units) => ({ type: "dense" as const, units }));
  const network = await networkOf(layers, 784, randomState(42));
  const count = network.parameters.reduce((sum, { values }) => sum + values.length, 0);
  return {
    at: "002:100",
    what: "parameters of a digit classifier, 784-64-10",
    lesson: "50K",
    ours: { text: count.toLocaleString("en"), holds: Math.abs(count - 50_000) < 1000 },
  };
}
