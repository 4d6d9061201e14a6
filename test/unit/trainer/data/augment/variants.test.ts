import { expect, it } from "vitest";
import { variants } from "../../../../../trainer/data/augment/variants.ts";
import { stream } from "../../../../../trainer/random.ts";

const image = Float32Array.from({ length: 8 * 6 * 3 }, (_, i) => Math.sin(i));

it("S0-26: makes exactly five pictures of one shape, the first of them identical", () => {
  const made = variants(image, [8, 6, 3], stream(1, "augment"));
  expect(made.map(({ length }) => length)).toEqual(Array(5).fill(image.length));
  expect(made[0]).toEqual(image);
  expect(made[0]).not.toBe(image);
  const texts = made.map((picture) => picture.join());
  expect(new Set(texts).size).toBe(5);
});

it("leaves the picture itself as it was", () => {
  const before = image.slice();
  variants(image, [8, 6, 3], stream(2, "augment"));
  expect(image).toEqual(before);
});
