import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { rbf as schema } from "../../../recipe/layers/rbf.ts";
import { shuffle } from "../../random.ts";
import { distinct, kMeans, type Rows, squaredDistance } from "../kMeans.ts";
import { parameter, rateOf } from "../parameter.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";

/** The width where there is no distance between centres to take it from. */
const LONE_WIDTH = 1;

/**
 * exp(−‖x − c‖² / 2s²) for each unit (Broomhead and Lowe 1988): its centre c and the logarithm of its width s are trained, so
 * that a width stays above 0. The centres start on what the training examples have become, the widths at the mean
 * distance from a centre to the nearest other one (Moody and Darken 1989).
 */
export async function rbf(
  { units, width, centers = "kMeans", learningRateMultiplier }: Type.Static<typeof schema>,
  context: BuildContext,
): Promise<BuiltLayer> {
  const { name, stream } = context;
  const inputs = rowLength(context);
  const examples = await examplesFor(units, context);
  const draws = stream("centers");
  const start =
    centers === "kMeans" ? kMeans(examples, units, draws) : pick(examples, units, draws);
  const logWidth = Math.log(width ?? neighbourDistance(start));
  const rate = rateOf(learningRateMultiplier, 1);
  const center = tf.variable(tf.zeros([units, inputs]));
  const logWidths = tf.variable(tf.zeros([units]));
  const values = Float32Array.from(start.flatMap((row) => [...row]));
  return {
    ...PASSIVE,
    shape: [units],
    fanIn: inputs,
    fanOut: units,
    parameters: [
      parameter(`${name}.centers`, center, values, { rate }),
      parameter(`${name}.log_width`, logWidths, new Float32Array(units).fill(logWidth), { rate }),
    ],
    measured: true,
    forward: (x) => {
      // By differences: ‖x‖² − 2xc + ‖c‖² loses all digits where x is near c and both are large.
      const differences = tf.sub(tf.expandDims(x, 1), center);
      const squares = tf.sum(tf.square(differences), -1);
      return tf.exp(tf.mul(squares, tf.mul(tf.exp(tf.mul(logWidths, -2)), -0.5)));
    },
  };
}

function rowLength({ shape, name, mistake }: BuildContext): number {
  const [length] = shape;
  if (shape.length === 1) return length!;
  throw mistake(
    undefined,
    `The rbf layer ${name} gets ${shape.join(" × ")} values an example: put a { "type": "flatten" } layer before it.`,
  );
}

/** @throws {InputError} two centres would have to start at one place, and stay there */
async function examplesFor(
  units: number,
  { shape: [length], name, sample, mistake }: BuildContext,
): Promise<Rows> {
  const { rows, values } = await sample();
  const examples = Array.from({ length: rows }, (_, i) =>
    values.subarray(i * length!, (i + 1) * length!),
  );
  const different = distinct(examples).length;
  if (different >= units) return examples;
  throw mistake(
    "units",
    `The rbf layer ${name} has ${units} units and sees ${different} different training examples to put them at: set units to at most ${different}.`,
  );
}

/** As many different examples, at random. */
function pick(examples: Rows, count: number, draws: ReturnType<BuildContext["stream"]>): Rows {
  const different = distinct(examples);
  const order = Uint32Array.from(different.keys());
  shuffle(order, draws);
  return Array.from(order.subarray(0, count), (i) => different[i]!);
}

/** Mean distance from a row to the nearest other one. */
function neighbourDistance(rows: Rows): number {
  if (rows.length === 1) return LONE_WIDTH;
  const distances = rows.map((row) => {
    const others = rows.filter((other) => other !== row);
    return Math.sqrt(Math.min(...others.map((other) => squaredDistance(row, other))));
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / rows.length;
}
