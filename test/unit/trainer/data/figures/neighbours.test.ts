import { expect, it } from "vitest";
import { neighbours } from "../../../../../trainer/data/figures/neighbours.ts";
import { stream } from "../../../../../trainer/random.ts";

const CLASSES = 4;

/** Clusters far apart, in features of very different scale; the last one is noise. */
function clusters(rows: number, seed: number, flipped = 0) {
  const { normal, uniform } = stream(seed, "test");
  const inputs = new Float32Array(rows * 3);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = row % CLASSES;
    const [x, y] = [label % 2, label >> 1];
    inputs.set([x + 0.05 * normal(), 0.001 * (y + 0.05 * normal()), 0], row * 3);
    targets[row] = uniform() < flipped ? Math.floor(uniform() * CLASSES) : label;
  }
  return { rows, inputs, targets };
}

it("agrees where classes are apart, whatever the scale of a feature", () => {
  const figures = neighbours(clusters(3000, 1), clusters(300, 2), [3]);
  expect(figures).toEqual({ train: 1, validation: 1, chance: expect.closeTo(0.25, 2), rows: 500 });
});

it("is at chance for labels that say nothing of the inputs", () => {
  const figures = neighbours(clusters(3000, 1, 1), null, [3])!;
  expect(figures.validation).toBeNull();
  // Four standard errors of 500 rows.
  expect(Math.abs(figures.train - figures.chance)).toBeLessThan(4 * Math.sqrt(0.1875 / 500));
});

it("takes no row for its own neighbour", () => {
  const train = { rows: 2, inputs: Float32Array.of(0, 1), targets: Float32Array.of(0, 1) };
  expect(neighbours(train, null, [1])?.train).toBe(0);
  expect(neighbours(train, train, [1])?.validation).toBe(1);
});

it("reads one-hot targets as it reads numbers", () => {
  const train = clusters(400, 5, 0.3);
  const oneHot = new Float32Array(400 * CLASSES);
  for (const [row, label] of train.targets.entries()) oneHot[row * CLASSES + label] = 1;
  expect(neighbours({ ...train, targets: oneHot }, null, [3])).toEqual(
    neighbours(train, null, [3]),
  );
});

it("goes through many inputs, and through invalid ones", () => {
  const { normal } = stream(1, "test");
  const rows = 2500;
  const inputs = new Float32Array(rows * 100);
  for (let i = 0; i < inputs.length; i++) inputs[i] = (Math.floor(i / 100) % 2) + 0.3 * normal();
  inputs[5] = Number.NaN;
  const targets = Float32Array.from({ length: rows }, (_, row) => row % 2);
  expect(neighbours({ rows, inputs, targets }, null, [10, 10, 1])?.train).toBe(1);
});
