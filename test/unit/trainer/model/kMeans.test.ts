import { expect, it } from "vitest";
import { distinct, kMeans } from "../../../../trainer/model/kMeans.ts";
import { stream } from "../../../../trainer/random.ts";

const row = (...values: number[]) => Float32Array.from(values);
/** Places of four clouds that do not touch, and rows around them. */
const CLOUDS = [row(0, 0), row(10, 0), row(0, 10), row(10, 10)];
function clouds(seed: number) {
  const { normal } = stream(seed, "clouds");
  return Array.from({ length: 200 }, (_, i) => CLOUDS[i % 4]!.map((v) => v + 0.5 * normal()));
}

it.each([1, 2, 3, 4, 5])("S4-17: finds the means of four clouds, seed %i", (seed) => {
  const rows = clouds(seed);
  const centers = kMeans(rows, 4, stream(seed, "centers"));
  CLOUDS.forEach((_, cloud) => {
    const members = rows.filter((_, i) => i % 4 === cloud);
    const mean = [0, 1].map((at) => members.reduce((sum, r) => sum + r[at]!, 0) / members.length);
    const found = centers.some((c) => c.every((v, at) => Math.abs(v - mean[at]!) < 1e-5));
    expect(found).toBe(true);
  });
});

it("gives every row its own centre where there are as many, however often each stands there", () => {
  const rows = [row(1, 2), row(3, 4), row(1, 2), row(5, 6), row(1, 2)];
  const centers = kMeans(rows, 3, stream(1, "x")).map((c) => [...c]);
  expect(centers).toHaveLength(3);
  expect(centers).toEqual(
    expect.arrayContaining([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
  );
});

it("makes the mean of all for one cluster", () => {
  expect([...kMeans([row(0, 1), row(2, 3), row(4, 8)], 1, stream(1, "x"))[0]!]).toEqual([2, 4]);
});

it("finds the rows that differ", () => {
  const rows = [row(1, 2), row(12), row(1, 2), row(2, 1)];
  expect(distinct(rows).map((r) => [...r])).toEqual([[1, 2], [12], [2, 1]]);
});
