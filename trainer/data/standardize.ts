/** Brings every input to zero mean and unit variance. */

/**
 * In place, by the mean and population deviation of the given training rows only: the other rows must not leak into
 * what the network learns from. A column that is constant over them becomes 0 everywhere.
 * @param inputs row after row, `rows × width`
 */
export function standardize(inputs: Float32Array, width: number, trainRows: Uint32Array): void {
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (const row of trainRows) {
    for (let c = 0; c < width; c++) mean[c]! += inputs[row * width + c]! / trainRows.length;
  }
  for (const row of trainRows) {
    for (let c = 0; c < width; c++) {
      variance[c]! += (inputs[row * width + c]! - mean[c]!) ** 2 / trainRows.length;
    }
  }
  // Rounding leaves a constant column of large numbers with a tiny variance.
  const scale = variance.map((v, c) => {
    const std = Math.sqrt(v);
    return std > 1e-7 * Math.abs(mean[c]!) ? 1 / std : 0;
  });
  for (let i = 0; i < inputs.length; i++) {
    const c = i % width;
    inputs[i] = (inputs[i]! - mean[c]!) * scale[c]!;
  }
}
