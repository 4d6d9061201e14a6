import { expect, it } from "vitest";
import { augmenter, drawWindow } from "../../../../../trainer/data/augment/index.ts";
import { stream } from "../../../../../trainer/random.ts";

const SHAPE = [4, 4, 1];
const pictures = (rows: number) =>
  Float32Array.from({ length: rows * 16 }, (_, i) => Math.sin(i * 12.9898) * 3);

it("mirrors about half of the pictures, and leaves the others alone", () => {
  const inputs = pictures(1000);
  augmenter({ flip: true }, SHAPE)(inputs, stream(1, "augment"));
  const before = pictures(1000);
  let same = 0;
  for (let row = 0; row < 1000; row++) {
    const at = row * 16;
    if (inputs[at] === before[at]) same++;
    else expect(inputs[at]).toBe(before[at + 3]);
  }
  expect(same).toBeGreaterThan(440);
  expect(same).toBeLessThan(560);
});

it("adds noise of the asked deviation, to tables too", () => {
  const inputs = new Float32Array(20_000);
  augmenter({ noise: 0.05 }, [20])(inputs, stream(1, "augment"));
  const square = inputs.reduce((sum, x) => sum + x * x, 0) / inputs.length;
  expect(Math.sqrt(square)).toBeCloseTo(0.05, 3);
});

it("changes every row in its own way, and the same way for the same seed", () => {
  const all = { flip: true, rotate: 5, crop: 0.9, noise: 0.05 };
  const same = () => {
    const twin = pictures(1);
    return Float32Array.of(...twin, ...twin);
  };
  const [first, again] = [same(), same()];
  augmenter(all, SHAPE)(first, stream(1, "augment"));
  augmenter(all, SHAPE)(again, stream(1, "augment"));
  expect(first).toEqual(again);
  expect(first.slice(0, 16)).not.toEqual(first.slice(16));
});

it("keeps the window inside the picture", () => {
  const draw = stream(1, "augment");
  for (let i = 0; i < 1000; i++) {
    const { side, top, left } = drawWindow(0.8, draw);
    expect(side).toBeGreaterThanOrEqual(0.8);
    expect(side).toBeLessThan(1);
    expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
    expect(Math.max(top, left) + side).toBeLessThanOrEqual(1);
  }
});

it("turns only pictures", () => {
  expect(() => augmenter({ rotate: 5 }, [64])).toThrow(
    '"rotate" is for pictures, and an example is a list of 64 numbers: use only noise.',
  );
});
