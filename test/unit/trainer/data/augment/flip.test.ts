import { expect, it } from "vitest";
import { flip } from "../../../../../trainer/data/augment/flip.ts";

it("mirrors each row, and keeps the channels of a pixel together", () => {
  const to = new Float32Array(12);
  flip(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), to, [2, 3, 2]);
  expect([...to]).toEqual([5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8]);
});

it("S0-26: gives the very same picture when done twice", () => {
  const image = Float32Array.from({ length: 7 * 5 }, (_, i) => Math.exp(Math.sin(i)));
  const once = new Float32Array(35);
  const twice = new Float32Array(35);
  flip(image, once, [7, 5, 1]);
  flip(once, twice, [7, 5, 1]);
  expect(once).not.toEqual(image);
  expect(twice).toEqual(image);
});
