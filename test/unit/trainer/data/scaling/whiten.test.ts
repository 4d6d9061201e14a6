import { expect, it } from "vitest";
import { fitWhitening, whiten, whitenRow } from "../../../../../trainer/data/scaling/whiten.ts";
import { stream } from "../../../../../trainer/random.ts";

/** Three inputs, of which two nearly say the same. */
function correlated(rows: number): Float64Array {
  const { normal } = stream(1, "test");
  const values = Array.from({ length: rows }, () => {
    const first = normal();
    return [3 + 2 * first, -1 + 2 * first + 0.12 * normal(), 0.5 * normal()];
  });
  return Float64Array.from(values.flat());
}

function covariance(values: Float64Array, width: number): number[][] {
  const rows = values.length / width;
  const column = (c: number) => Array.from({ length: rows }, (_, r) => values[r * width + c]!);
  const centred = Array.from({ length: width }, (_, c) => {
    const all = column(c);
    const mean = all.reduce((sum, x) => sum + x, 0) / rows;
    return all.map((x) => x - mean);
  });
  return centred.map((a) => centred.map((b) => a.reduce((sum, x, r) => sum + x * b[r]!, 0) / rows));
}

/** Largest over smallest eigenvalue of a symmetric 3 × 3 matrix, by Smith's formula (1961). */
function condition(matrix: number[][]): number {
  const at = (row: number, column: number) => matrix[row]![column]!;
  const mean = (at(0, 0) + at(1, 1) + at(2, 2)) / 3;
  const off = at(0, 1) ** 2 + at(0, 2) ** 2 + at(1, 2) ** 2;
  const [a, b, c] = [at(0, 0) - mean, at(1, 1) - mean, at(2, 2) - mean];
  const p = Math.sqrt((a ** 2 + b ** 2 + c ** 2 + 2 * off) / 6);
  const determinant =
    a * (b * c - at(1, 2) ** 2) -
    at(0, 1) * (at(0, 1) * c - at(1, 2) * at(0, 2)) +
    at(0, 2) * (at(0, 1) * at(1, 2) - b * at(0, 2));
  const angle = Math.acos(Math.min(1, Math.max(-1, determinant / (2 * p ** 3)))) / 3;
  const largest = mean + 2 * p * Math.cos(angle);
  return largest / (mean + 2 * p * Math.cos(angle + (2 * Math.PI) / 3));
}

function whitened(values: Float64Array, width: number): Float64Array {
  const whitening = fitWhitening(values, width);
  const out = new Float64Array(values.length);
  for (let at = 0; at < values.length; at += width) {
    whitenRow(whitening, values.subarray(at, at + width), out.subarray(at, at + width));
  }
  return out;
}

it("S4-14: turns a covariance of condition above 1000 into the identity, to 1e-12", () => {
  const inputs = correlated(500);
  expect(condition(covariance(inputs, 3))).toBeGreaterThan(1000);
  for (const [i, row] of covariance(whitened(inputs, 3), 3).entries()) {
    for (const [j, value] of row.entries()) {
      expect(Math.abs(value - (i === j ? 1 : 0))).toBeLessThan(1e-12);
    }
  }
});

it("orders the outputs by the variance that they had, and centres them", () => {
  // Columns of variance 1 and 4 that are not correlated.
  const out = whitened(Float64Array.of(1, 12, 1, 8, -1, 12, -1, 8), 2);
  const rounded = Array.from(out, (x) => Math.abs(Number(x.toFixed(12))));
  expect(rounded).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  expect(Math.sign(out[0]!)).toBe(Math.sign(out[4]!));
  expect(Math.sign(out[1]!)).toBe(Math.sign(out[3]!));
});

it("gives 0 for what is constant or says nothing new", () => {
  const inputs = Float64Array.from([1, 2, 3, 4].flatMap((x) => [x, 7, 2 * x]));
  const variances = covariance(whitened(inputs, 3), 3).map((row, i) => row[i]!);
  expect(variances[0]).toBeCloseTo(1, 12);
  expect(variances.slice(1)).toEqual([0, 0]);
});

it("takes the figures of the training rows only", () => {
  const rows = Float32Array.of(0, 2, 100);
  whiten(rows.slice(0, 2), [1])(rows);
  expect(Array.from(rows, Math.abs)).toEqual([1, 1, 99]);
});

it("S4-21: refuses more than 2,000 inputs", () => {
  expect(() => whiten(new Float32Array(3 * 2001), [2001])).toThrow(
    /^Whitening 2001 inputs would take too long, and 2000 is the most: set "scaling" to "standardize"/,
  );
  expect(() => whiten(new Float32Array(30 * 30 * 3), [30, 30, 3])).toThrow(/Whitening 2700/);
});
