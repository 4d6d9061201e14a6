import { expect, it } from "vitest";
import { initialize } from "../../../../trainer/model/initializers.ts";
import { orthogonal } from "../../../../trainer/model/orthogonal.ts";
import { stream } from "../../../../trainer/random.ts";

/** Products of each pair of columns, or of rows. */
function products(values: Float32Array, rows: number, columns: number, of: "columns" | "rows") {
  const count = of === "columns" ? columns : rows;
  const length = of === "columns" ? rows : columns;
  const at = (vector: number, i: number) =>
    values[of === "columns" ? i * columns + vector : vector * columns + i]!;
  return Array.from({ length: count }, (_, a) =>
    Array.from({ length: count }, (_, b) =>
      Array.from({ length }, (_, i) => at(a, i) * at(b, i)).reduce((sum, v) => sum + v, 0),
    ),
  );
}

function expectIdentity(matrix: number[][], times: number): void {
  matrix.forEach((row, a) => {
    row.forEach((value, b) => {
      expect(Math.abs(value - (a === b ? times : 0))).toBeLessThan(1e-6 * times);
    });
  });
}

it("has orthonormal columns where it is tall, rows where it is wide, both where it is square", () => {
  expectIdentity(products(orthogonal([40, 15], 1, stream(1, "x")), 40, 15, "columns"), 1);
  expectIdentity(products(orthogonal([15, 40], 1, stream(1, "x")), 15, 40, "rows"), 1);
  const square = orthogonal([24, 24], 1, stream(1, "x"));
  expectIdentity(products(square, 24, 24, "columns"), 1);
  expectIdentity(products(square, 24, 24, "rows"), 1);
});

it("takes all lengths but the last together, as a convolution's kernel needs it", () => {
  expectIdentity(products(orthogonal([3, 3, 4, 10], 1, stream(1, "x")), 36, 10, "columns"), 1);
});

it("is scaled by the gain", () => {
  expectIdentity(products(orthogonal([12, 12], Math.SQRT2, stream(1, "x")), 12, 12, "rows"), 2);
});

it("prefers no direction: every entry is as often positive, the mean square is 1 / length", () => {
  const positive = new Float64Array(9);
  let squares = 0;
  const draws = 2000;
  const source = stream(1, "x");
  for (let i = 0; i < draws; i++) {
    orthogonal([3, 3], 1, source).forEach((value, at) => {
      if (value > 0) positive[at]!++;
      squares += value * value;
    });
  }
  // Four deviations of a fair coin.
  for (const count of positive) expect(Math.abs(count / draws - 0.5)).toBeLessThan(0.045);
  expect(squares / (9 * draws)).toBeCloseTo(1 / 3, 6);
});

it("is an initializer by its name and with a gain", () => {
  const start = { fanIn: 6, fanOut: 6, activation: "linear" as const };
  const of = (init: Parameters<typeof initialize>[0]) =>
    initialize(init, [6, 6], { ...start, stream: stream(1, "x") });
  expect(of("orthogonal")).toEqual(orthogonal([6, 6], 1, stream(1, "x")));
  expect(of({ type: "orthogonal", gain: 2 })).toEqual(orthogonal([6, 6], 2, stream(1, "x")));
});
