import { expect, it } from "vitest";
import type { Picture } from "../../../../../trainer/data/pictures/picture.ts";
import { resize } from "../../../../../trainer/data/pictures/resize.ts";

// Figures of Pillow, Image.resize with BILINEAR.
const PICTURE: Picture = {
  height: 7,
  width: 5,
  channels: 1,
  values: Float32Array.of(
    ...[0.134, 0.847, 0.764, 0.255, 0.495, 0.449, 0.652, 0.789, 0.094, 0.028, 0.836, 0.433],
    ...[0.762, 0.002, 0.445, 0.722, 0.229, 0.945, 0.901, 0.031, 0.025, 0.541, 0.939, 0.381],
    ...[0.217, 0.422, 0.029, 0.222, 0.438, 0.496, 0.233, 0.231, 0.219, 0.46, 0.29],
  ),
};
const DOWN = [0.591438, 0.350964, 0.539369, 0.47431, 0.276828, 0.3875];
const UP = [
  ...[0.134, 0.541429, 0.823286, 0.764, 0.400429, 0.357857, 0.495, 0.344, 0.557143, 0.73519],
  ...[0.780667, 0.328524, 0.163095, 0.183667, 0.621, 0.583095, 0.61819, 0.777, 0.259937, 0.121778],
  ...[0.213333, 0.810667, 0.568952, 0.506238, 0.802667, 0.37346, 0.266587, 0.353, 0.722, 0.440286],
  ...[0.433571, 0.945, 0.913571, 0.528143, 0.031, 0.179889, 0.346619, 0.605571, 0.940333, 0.623349],
  ...[0.359032, 0.175667, 0.245556, 0.251841, 0.33773, 0.540667, 0.449238, 0.395238, 0.372, 0.359],
  ...[0.208905, 0.131952, 0.221, 0.381238, 0.437619, 0.427333, 0.233, 0.231857, 0.227571, 0.219],
  ...[0.391143, 0.387143, 0.29],
];

it.each([
  ["smaller", 3, 2, DOWN],
  ["larger", 9, 7, UP],
])("makes a picture %s as Pillow does", (_what, height, width, expected) => {
  const resized = resize(PICTURE, height, width);
  expect(resized).toMatchObject({ height, width, channels: 1 });
  expect(resized.values).toHaveLength(expected.length);
  for (const [i, value] of resized.values.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

it("keeps channels apart", () => {
  const values = Float32Array.from([...PICTURE.values].flatMap((value) => [value, 0, -value]));
  const { values: resized } = resize({ ...PICTURE, channels: 3, values }, 3, 2);
  for (const [i, value] of DOWN.entries()) {
    expect(resized[3 * i]).toBeCloseTo(value, 5);
    expect(resized[3 * i + 1]).toBe(0);
    expect(resized[3 * i + 2]).toBeCloseTo(-value, 5);
  }
});
