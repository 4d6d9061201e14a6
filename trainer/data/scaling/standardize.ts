import { byColumn, columnsOf, type Fit } from "./scaling.ts";

/**
 * Zero mean and unit (population) variance. A column that is constant over the training rows becomes 0 everywhere.
 * Pictures have one mean and deviation a channel.
 */
export const standardize: Fit = (train, shape) => {
  const columns = columnsOf(shape);
  const count = train.length / columns;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let at = 0; at < train.length; at += columns) {
    for (let c = 0; c < columns; c++) mean[c]! += train[at + c]! / count;
  }
  for (let at = 0; at < train.length; at += columns) {
    for (let c = 0; c < columns; c++) variance[c]! += (train[at + c]! - mean[c]!) ** 2 / count;
  }
  // Rounding leaves a constant column of large numbers with a tiny variance.
  const factor = variance.map((v, c) => {
    const std = Math.sqrt(v);
    return std > 1e-7 * Math.abs(mean[c]!) ? 1 / std : 0;
  });
  return byColumn(mean, factor);
};
