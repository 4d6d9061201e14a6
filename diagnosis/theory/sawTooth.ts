/**
 * Whether the loss takes the same course in every epoch: it jumps where the examples change their class, and falls while
 * they stay, again and again (lesson 004, S4-07). In a new random order the course within an epoch is noise.
 */
import { median } from "../robust.ts";

/** An epoch is cut into as many parts; fewer steps cannot show a course. */
const PARTS = 32;
/** Epochs that have to follow the one before. */
const PATIENCE = 3;

export interface Course {
  /** Between the courses of successive epochs: the smallest of the last three. */
  correlation: number;
  /** Standard deviation of the loss within an epoch, without its bend: the median of the last three. */
  swing: number;
}

export class SawTooth {
  #sums = new Float64Array(PARTS);
  #counts = new Float64Array(PARTS);
  #before: Float64Array | undefined;
  readonly #courses: Course[] = [];

  /** @param position of the step in its epoch, from 0 up to 1 */
  push(position: number, loss: number): void {
    const part = Math.min(PARTS - 1, Math.floor(position * PARTS));
    this.#sums[part] = (this.#sums[part] ?? 0) + loss;
    this.#counts[part] = (this.#counts[part] ?? 0) + 1;
  }

  /** At the end of an epoch. @returns undefined until four epochs with a step in each part have passed */
  close(): Course | undefined {
    const means = this.#sums.map((sum, i) => sum / (this.#counts[i] ?? 0));
    this.#sums = new Float64Array(PARTS);
    this.#counts = new Float64Array(PARTS);
    const course = withoutBend(means);
    if (this.#before) {
      const [a, b] = [deviation(this.#before), deviation(course)];
      const both = course.reduce((sum, x, i) => sum + x * (this.#before?.[i] ?? 0), 0) / PARTS;
      this.#courses.push({ correlation: both / (a * b), swing: b });
    }
    this.#before = course;
    const last = this.#courses.slice(-PATIENCE);
    if (last.length < PATIENCE) return undefined;
    const correlation = Math.min(...last.map((each) => each.correlation));
    return Number.isNaN(correlation)
      ? undefined
      : { correlation, swing: median(last.map((each) => each.swing)) };
  }
}

/** What a parabola leaves: a loss that falls within an epoch bends like that in healthy runs. */
function withoutBend(values: Float64Array): Float64Array {
  const left = values.slice();
  for (const shape of ORTHOGONAL) {
    const share = left.reduce((sum, y, i) => sum + y * (shape[i] ?? 0), 0);
    left.forEach((y, i) => {
      left[i] = y - share * (shape[i] ?? 0);
    });
  }
  return left;
}

/** 1, x and x² over the parts, orthogonal to each other and of length 1. */
const ORTHOGONAL = [0, 1, 2].reduce<Float64Array[]>((shapes, power) => {
  const shape = Float64Array.from(
    { length: PARTS },
    (_, i) => ((2 * i) / (PARTS - 1) - 1) ** power,
  );
  for (const other of shapes) {
    const share = shape.reduce((sum, y, i) => sum + y * (other[i] ?? 0), 0);
    shape.forEach((y, i) => {
      shape[i] = y - share * (other[i] ?? 0);
    });
  }
  const length = Math.hypot(...shape);
  shapes.push(shape.map((y) => y / length));
  return shapes;
}, []);

const deviation = (values: Float64Array) =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / PARTS);
