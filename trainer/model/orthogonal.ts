import { Matrix, QrDecomposition } from "ml-matrix";
import type { Stream } from "../random.ts";

/**
 * Weights that keep lengths and angles (Saxe et al. 2014): as a matrix of (product of all lengths but the last) × last,
 * its columns, or its rows where they are fewer, are orthogonal and of length `gain`. Drawn evenly from all such
 * matrices: the decomposition of a normal matrix is, once its signs are made unique (Mezzadri 2007).
 * @returns the values, row after row
 */
export function orthogonal(shape: number[], gain: number, stream: Stream): Float32Array {
  const columns = shape.at(-1)!;
  const rows = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const tall = rows >= columns;
  const normal = Matrix.zeros(Math.max(rows, columns), Math.min(rows, columns));
  for (let i = 0; i < normal.rows; i++) {
    for (let j = 0; j < normal.columns; j++) normal.set(i, j, stream.normal());
  }
  const { orthogonalMatrix: q, upperTriangularMatrix: r } = new QrDecomposition(normal);
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const vector = tall ? j : i;
      const value = tall ? q.get(i, j) : q.get(j, i);
      values[i * columns + j] = gain * Math.sign(r.get(vector, vector)) * value;
    }
  }
  return values;
}
