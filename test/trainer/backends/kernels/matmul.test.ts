import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import {
  broken,
  difference,
  expectSame,
  forward,
  type Input,
  nanAt,
  noise,
  ROUNDING,
  useWasm,
} from "./both.ts";

beforeAll(useWasm);

/** Σₖ A[i, k] · B[k, j] in 64 bits. */
function product(a: Input, b: Input, m: number, k: number, n: number, ta: boolean, tb: boolean) {
  return Float32Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let l = 0; l < k; l++) {
      const left = a.values[ta ? l * m + i : i * k + l]!;
      sum += left * b.values[tb ? j * k + l : l * n + j]!;
    }
    return sum;
  });
}

const SIZES = [
  [64, 64, 64],
  [37, 20, 10],
  [1, 5, 1],
  [3, 1, 9],
  [5, 784, 17],
  [4, 3, 8],
  [63, 9, 7],
] as const;
const TRANSPOSED = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

for (const [ta, tb] of TRANSPOSED) {
  it.each(SIZES)(`multiplies %i × %i by … × %i, transposed: ${ta}, ${tb}`, (m, k, n) => {
    const a = noise(ta ? [k, m] : [m, k]);
    const b = noise(tb ? [n, k] : [k, n], 3);
    const result = forward((x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, ta, tb), [a, b]);
    expect(difference(result, product(a, b, m, k, n, ta, tb))).toBeLessThan(ROUNDING);
  });

  it(`multiplies batches as plain JavaScript does, transposed: ${ta}, ${tb}`, async () => {
    const multiply = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, ta, tb);
    const a = noise(ta ? [3, 6, 5] : [3, 5, 6]);
    const b = noise(tb ? [3, 9, 6] : [3, 6, 9], 3);
    await expectSame(multiply, [a, b]);
    const first = (x: Input) => ({
      shape: [1, ...x.shape.slice(1)],
      values: x.values.slice(0, x.values.length / 3),
    });
    const thrice = (x: Input) => ({
      ...x,
      values: x.values.map((_, i) => x.values[i % (x.values.length / 3)]!),
    });
    expect(forward(multiply, [a, first(b)])).toEqual(forward(multiply, [a, thrice(b)]));
    expect(forward(multiply, [first(a), b])).toEqual(forward(multiply, [thrice(a), b]));
  });
}

it("adds a bias to each row", async () => {
  const dense = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) => tf.fused.matMul({ a, b, bias });
  await expectSame(dense, [noise([7, 6]), noise([6, 10], 3), noise([10], 5)]);
});

it("takes no old weights when new ones lie in the same tensor", () => {
  const [a, b] = [tf.ones([2, 3]), tf.ones([3, 2])];
  expect([...tf.matMul(a, b).dataSync()]).toEqual([3, 3, 3, 3]);
  const wasm = tf.backend() as unknown as { typedArrayFromHeap(t: tf.Tensor): Float32Array };
  wasm.typedArrayFromHeap(b).fill(2);
  expect([...tf.matMul(a, b).dataSync()]).toEqual([6, 6, 6, 6]);
});

it("spoils the row or the column of a NaN, and nothing else", () => {
  const multiply = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b);
  const [a, b] = [noise([9, 5]), noise([5, 11], 3)];
  const row = Array.from({ length: 11 }, (_, j) => 22 + j);
  const column = Array.from({ length: 9 }, (_, i) => i * 11 + 10);
  expect(nanAt(forward(multiply, [broken(a, 12), b]))).toEqual(row);
  expect(nanAt(forward(multiply, [a, broken(b, 21)]))).toEqual(column);
});

it("makes NaN of 0 · ∞", () => {
  const multiply = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b);
  const zero = { shape: [1, 1], values: Float32Array.of(0) };
  const infinity = { shape: [1, 1], values: Float32Array.of(Number.POSITIVE_INFINITY) };
  expect(forward(multiply, [zero, infinity])).toEqual(Float32Array.of(Number.NaN));
});

it("refuses whole numbers, as before", () => {
  const ones = tf.ones([2, 2], "int32");
  expect(() => tf.matMul(ones, ones)).toThrow(/float32/);
});
