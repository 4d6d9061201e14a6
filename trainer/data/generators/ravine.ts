import type { Generate } from "./generator.ts";

/**
 * Rows (1, 0) and (0, 5) take turns, and all targets are 0. For one linear unit with weights x and y and no bias, the
 * mean of the squared errors x² and 25 y² is f = ½ (x² + 25 y²): exactly so over any even number of rows. Its
 * curvatures are 1 and 25, so plain gradient descent bounces across y for learning rates above 1/25.
 */
export const ravine: Generate<{ rows: number }> = ({ rows }) => ({
  inputs: Float32Array.from({ length: 2 * rows }, (_, i) => [1, 0, 0, 5][i % 4]!),
  targets: new Array<number>(rows).fill(0),
});
