/** PCA whitening: inputs of unit variance that are not correlated (LeCun et al. 1998, "Efficient BackProp", 4.3). */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { InputError } from "../../errors.ts";
import { sizeOf } from "../dataset.ts";
import type { Fit } from "./scaling.ts";

/** Time grows with its third power (lesson 4: PCA is not for large problems). */
const MOST_INPUTS = 2000;

/** Directions with less than this share of the largest variance hold rounding errors, and no information. */
const NEGLIGIBLE = 1e-12;

/** Sums that do not wait for one another run side by side: three times as fast as one after the other. */
const ABREAST = 4;

export interface Whitening {
  /** `width`. */
  mean: Float64Array;
  /**
   * `width × width`, row after row: output i is row i times (x − mean); ordered by falling variance. Rows of zeros
   * follow, up to a multiple of `ABREAST`.
   */
  matrix: Float64Array;
}

/** In place, in 64 bits until the result is stored. */
export const whiten: Fit = (train, shape) => {
  const width = sizeOf(shape);
  if (width > MOST_INPUTS) {
    throw new InputError(
      `Whitening ${width} inputs would take too long, and ${MOST_INPUTS} is the most: set "scaling" to "standardize" and use batch normalization.`,
      { recipe: ["data", "scaling"] },
    );
  }
  const whitening = fitWhitening(train, width);
  const row = new Float64Array(width);
  return (inputs) => {
    for (let at = 0; at < inputs.length; at += width) {
      whitenRow(whitening, inputs.subarray(at, at + width), row);
      inputs.set(row, at);
    }
  };
};

/**
 * W = Λ^(−½) Vᵀ from the population covariance V Λ Vᵀ. The outputs' covariance is the identity; where inputs are
 * constant or depend on each other, the outputs left over are 0.
 * @param inputs `rows × width`
 */
export function fitWhitening(inputs: ArrayLike<number>, width: number): Whitening {
  const mean = meanOf(inputs, width);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    covarianceOf(inputs, mean),
    { assumeSymmetric: true },
  );
  const falling = realEigenvalues.map((_, i) => i);
  falling.sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const least = NEGLIGIBLE * realEigenvalues[falling[0]!]!;
  const matrix = new Float64Array(Math.ceil(width / ABREAST) * ABREAST * width);
  falling.forEach((column, i) => {
    const variance = realEigenvalues[column]!;
    if (variance <= least) return;
    const factor = 1 / Math.sqrt(variance);
    for (let c = 0; c < width; c++) {
      matrix[i * width + c] = eigenvectorMatrix.get(c, column) * factor;
    }
  });
  return { mean, matrix };
}

/** @param to filled with the whitened row, `width` */
export function whitenRow(
  { mean, matrix }: Whitening,
  from: ArrayLike<number>,
  to: Float64Array,
): void {
  const width = mean.length;
  const centred = mean.map((average, c) => from[c]! - average);
  for (let i = 0; i < width; i += ABREAST) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let c = 0, at = i * width; c < width; c++, at++) {
      const x = centred[c]!;
      first += matrix[at]! * x;
      second += matrix[at + width]! * x;
      third += matrix[at + 2 * width]! * x;
      fourth += matrix[at + 3 * width]! * x;
    }
    // What lies behind the last output is zero, and a typed array takes no notice of it.
    to[i] = first;
    to[i + 1] = second;
    to[i + 2] = third;
    to[i + 3] = fourth;
  }
}

function meanOf(inputs: ArrayLike<number>, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < inputs.length; i++) mean[i % width]! += inputs[i]!;
  return mean.map((sum) => (sum * width) / inputs.length);
}

function covarianceOf(inputs: ArrayLike<number>, mean: Float64Array): Matrix {
  const width = mean.length;
  const rows = inputs.length / width;
  const sums = new Float64Array(width * width);
  const block = new Float64Array(ABREAST * width);
  for (let row = 0; row < rows; row += ABREAST) {
    const size = Math.min(ABREAST, rows - row) * width;
    block.fill(0, size);
    for (let i = 0; i < size; i++) block[i] = inputs[row * width + i]! - mean[i % width]!;
    addProducts(block, width, sums);
  }
  const covariance = new Matrix(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      covariance.set(i, j, sums[i * width + j]! / rows);
      covariance.set(j, i, sums[i * width + j]! / rows);
    }
  }
  return covariance;
}

/** Adds the products of every two columns, over the rows of the block, above the diagonal. */
function addProducts(block: Float64Array, width: number, sums: Float64Array): void {
  for (let i = 0; i < width; i++) {
    const first = block[i]!;
    const second = block[width + i]!;
    const third = block[2 * width + i]!;
    const fourth = block[3 * width + i]!;
    for (let j = i; j < width; j++) {
      sums[i * width + j]! +=
        first * block[j]! +
        second * block[width + j]! +
        third * block[2 * width + j]! +
        fourth * block[3 * width + j]!;
    }
  }
}
