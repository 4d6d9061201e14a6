/** Whether rows that look alike have the same class: where not, the labels are wrong, or the inputs do not tell. */
import type { DataEvent } from "../../../telemetry/events.ts";
import { scalar } from "../../probe/rounding.ts";
import { spread } from "../../random.ts";
import { classesOf } from "./classes.ts";
import type { Rows } from "./rows.ts";

const MOST_REFERENCES = 2000;
const MOST_ROWS = 500;
/** Squares of differences; bounds the inputs that distances are taken over: neighbouring pixels nearly say the same. */
const MOST_SQUARES = 32_000_000;

/** Sums that do not wait for one another run side by side. */
const ABREAST = 4;

/** Rows by the same inputs, each divided by its feature's deviation over the training rows. */
interface Points {
  rows: Uint32Array;
  /** Numbers a row, a multiple of `ABREAST`: zeros fill it up. */
  width: number;
  values: Float32Array;
  classes: Int32Array;
}

/**
 * Share of rows whose nearest of up to 2,000 training rows, itself left out, has their class (Cover and Hart 1967): of
 * up to 500 training and validation rows each. Samples are spread evenly, distances Euclidean over as many inputs
 * as can be afforded, also spread evenly: 32 at the least, all up to that.
 * Rows without a class are left out.
 * @param shape of one example; all pixels of a channel have one deviation
 * @returns undefined for fewer than two training rows
 */
export function neighbours(
  train: Rows,
  validation: Rows | null,
  shape: readonly number[],
): DataEvent["neighbours"] {
  const scale = scaleOf(train, shape.at(-1)!);
  const pairs = Math.min(train.rows, MOST_REFERENCES) * Math.min(train.rows, MOST_ROWS);
  const columns = spread(train.inputs.length / train.rows, Math.floor(MOST_SQUARES / pairs));
  const sample = (part: Rows, most: number) =>
    pointsOf(part, spread(part.rows, most), columns, scale);
  const references = sample(train, MOST_REFERENCES);
  if (references.rows.length < 2) return undefined;
  const own = sample(train, MOST_ROWS);
  const others = validation && sample(validation, MOST_ROWS);
  return {
    train: scalar(agreement(own, references, true)),
    validation:
      others && others.rows.length > 0 ? scalar(agreement(others, references, false)) : null,
    chance: scalar(chanceOf(references.classes)),
    rows: own.rows.length,
  };
}

/** Divides what is summed over; 0 for constant features. */
function scaleOf({ rows, inputs }: Rows, features: number): Float64Array {
  const width = inputs.length / rows;
  const counts = new Float64Array(features);
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  const sample = spread(rows, MOST_REFERENCES);
  const first = inputs.subarray(0, features);
  for (const row of sample) {
    for (let c = 0; c < width; c++) {
      const feature = c % features;
      // From a value of its own, so that a large mean takes no digits away.
      const value = inputs[row * width + c]! - first[feature]!;
      if (!Number.isFinite(value)) continue;
      counts[feature]!++;
      sums[feature]! += value;
      squares[feature]! += value * value;
    }
  }
  return sums.map((sum, c) => {
    const variance = squares[c]! / counts[c]! - (sum / counts[c]!) ** 2;
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
}

/** @param columns of the inputs that count */
function pointsOf(
  part: Rows,
  sample: Uint32Array,
  columns: Uint32Array,
  scale: Float64Array,
): Points {
  const length = part.inputs.length / part.rows;
  const classes = classesOf(part);
  const rows = sample.filter((row) => classes[row]! >= 0);
  const width = ABREAST * Math.ceil(columns.length / ABREAST);
  const values = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    for (const [c, column] of columns.entries()) {
      const value = part.inputs[row * length + column]! * scale[column % scale.length]!;
      if (Number.isFinite(value)) values[i * width + c] = value;
    }
  }
  return { rows, width, values, classes: Int32Array.from(rows, (row) => classes[row]!) };
}

/** @param same whether both are samples of one part, so that a row may meet itself */
function agreement(points: Points, references: Points, same: boolean): number {
  let agree = 0;
  for (const [i, row] of points.rows.entries()) {
    const nearest = nearestTo(points, i, references, same ? row : -1);
    if (references.classes[nearest] === points.classes[i]) agree++;
  }
  return agree / points.rows.length;
}

/** @param without row that does not count; −1 for none */
function nearestTo(points: Points, point: number, references: Points, without: number): number {
  const { width, values, rows } = references;
  const own = points.values.subarray(point * width, (point + 1) * width);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < rows.length; k++) {
    if (rows[k] === without) continue;
    let sum = 0;
    // No further than until it is too far.
    for (let c = 0, at = k * width; c < width && sum < least; c += ABREAST, at += ABREAST) {
      const first = own[c]! - values[at]!;
      const second = own[c + 1]! - values[at + 1]!;
      const third = own[c + 2]! - values[at + 2]!;
      const fourth = own[c + 3]! - values[at + 3]!;
      sum += first * first + second * second + (third * third + fourth * fourth);
    }
    if (sum < least) {
      least = sum;
      best = k;
    }
  }
  return best;
}

/** That two rows drawn at random have one class: Σp². */
function chanceOf(classes: Int32Array): number {
  const counts = new Map<number, number>();
  for (const each of classes) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count / classes.length) ** 2, 0);
}
