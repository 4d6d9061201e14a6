import { expect, it } from "vitest";
import type { Generator } from "../../../../../recipe/data/generators/index.ts";
import { generate } from "../../../../../trainer/data/generators/index.ts";
import { stream } from "../../../../../trainer/random.ts";

const make = (settings: Generator, seed = 1) => generate(settings, stream(seed, "generate"));

/** The inputs of each row, with its target behind them. */
function rowsOf(settings: Generator): number[][] {
  const { inputs, targets } = make(settings);
  const width = inputs.length / targets.length;
  return targets.map((target, i) => [...inputs.subarray(i * width, (i + 1) * width), target]);
}

it.each([
  { type: "xor", rows: 40 },
  { type: "spirals", rows: 40 },
  { type: "circles", rows: 40 },
  { type: "blobs", rows: 40 },
  { type: "moons", rows: 40 },
  { type: "sine", rows: 40 },
] satisfies Generator[])("makes $type by the seed, as many rows as asked for", (settings) => {
  expect(make(settings)).toEqual(make(settings));
  expect(make(settings).inputs).not.toEqual(make(settings, 2).inputs);
  expect(make(settings).targets).toHaveLength(40);
});

it("S2-06: xor without noise is the table of exclusive or", () => {
  expect(rowsOf({ type: "xor", rows: 4, noise: 0 }).sort()).toEqual([
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ]);
});

it("gives each class as many rows, in any stretch", () => {
  for (const type of ["xor", "spirals", "circles", "blobs", "moons"] as const) {
    const { targets } = make({ type, rows: 240 });
    const classes = new Set(targets).size;
    for (let from = 0; from + 12 <= 240; from += 12) {
      const stretch = targets.slice(from, from + 12);
      for (let k = 0; k < classes; k++) {
        expect(stretch.filter((target) => target === k)).toHaveLength(12 / classes);
      }
    }
  }
});

it("draws circles of even radii, one a class", () => {
  for (const [x, y, target] of rowsOf({ type: "circles", rows: 60, noise: 0, classes: 3 })) {
    expect(Math.hypot(x!, y!)).toBeCloseTo((target! + 1) / 3, 6);
  }
});

it("draws arms of one turn, evenly apart", () => {
  for (const [x, y, target] of rowsOf({ type: "spirals", rows: 90, noise: 0, classes: 3 })) {
    const radius = Math.hypot(x!, y!);
    const turns = Math.atan2(y!, x!) / (2 * Math.PI) - radius - target! / 3;
    expect(turns - Math.round(turns)).toBeCloseTo(0, 4);
    expect(radius).toBeLessThan(1);
  }
});

it("draws two half circles that reach into each other", () => {
  for (const [x, y, target] of rowsOf({ type: "moons", rows: 100, noise: 0 })) {
    const [middleX, middleY] = target === 0 ? [0, 0] : [1, 0.5];
    expect(Math.hypot(x! - middleX, y! - middleY)).toBeCloseTo(1, 6);
    expect(target === 0 ? y! - middleY >= 0 : y! - middleY <= 0).toBe(true);
  }
});

it("puts blobs of the asked spread around their centres", () => {
  const rows = rowsOf({ type: "blobs", rows: 4000, classes: 4, features: 3, noise: 0.5 });
  for (let k = 0; k < 4; k++) {
    const own = rows.filter(([, , , target]) => target === k);
    for (let c = 0; c < 3; c++) {
      const mean = own.reduce((sum, row) => sum + row[c]!, 0) / own.length;
      const variance = own.reduce((sum, row) => sum + (row[c]! - mean) ** 2, 0) / own.length;
      expect(Math.abs(mean)).toBeLessThan(10.1);
      expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
    }
  }
});

it("makes the sine over one turn", () => {
  const rows = rowsOf({ type: "sine", rows: 200, noise: 0 });
  for (const [x, y] of rows) expect(y).toBeCloseTo(Math.sin(x!), 6);
  expect(Math.max(...rows.map(([x]) => x!))).toBeGreaterThan(3);
  expect(Math.min(...rows.map(([x]) => x!))).toBeLessThan(-3);
  const noisy = rowsOf({ type: "sine", rows: 4000, noise: 0.2 });
  const square = noisy.reduce((sum, [x, y]) => sum + (y! - Math.sin(x!)) ** 2, 0) / 4000;
  expect(Math.sqrt(square)).toBeCloseTo(0.2, 2);
});

it("S0-14: the mean squared error over the ravine is ½ (x² + 25 y²)", () => {
  const rows = rowsOf({ type: "ravine", rows: 10 });
  const loss = (x: number, y: number) =>
    rows.reduce((sum, [a, b, target]) => sum + (x * a! + y * b! - target!) ** 2, 0) / 10;
  for (const [x, y] of [
    [1, 0],
    [0, 1],
    [1, 1],
    [-3, 0.5],
  ] as const) {
    expect(loss(x, y)).toBeCloseTo(0.5 * (x * x + 25 * y * y), 12);
  }
});
