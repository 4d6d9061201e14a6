import { byColumn, columnsOf, type Fit } from "./scaling.ts";

/**
 * The training rows' smallest number becomes 0 and their largest 1, by column, or by channel of pictures. A column
 * that is constant over them becomes 0 everywhere.
 */
export const minMax: Fit = (train, shape) => {
  const columns = columnsOf(shape);
  const min = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const max = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < train.length; at += columns) {
    for (let c = 0; c < columns; c++) {
      const value = train[at + c]!;
      if (value < min[c]!) min[c] = value;
      if (value > max[c]!) max[c] = value;
    }
  }
  const factor = max.map((high, c) => (high > min[c]! ? 1 / (high - min[c]!) : 0));
  return byColumn(min, factor);
};
