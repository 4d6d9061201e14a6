import type { Generate } from "./generator.ts";

const SIDE = 10;

/** Centres are uniform in the cube of ±10, as in scikit-learn. */
export const blobs: Generate<{
  rows: number;
  noise?: number;
  classes?: number;
  features?: number;
}> = ({ rows, noise = 1, classes = 3, features = 2 }, draw) => {
  const centres = Float64Array.from(
    { length: classes * features },
    () => SIDE * (2 * draw.uniform() - 1),
  );
  const targets = Array.from({ length: rows }, (_, row) => row % classes);
  const inputs = Float32Array.from({ length: rows * features }, (_, i) => {
    const row = Math.floor(i / features);
    return centres[targets[row]! * features + (i % features)]! + noise * draw.normal();
  });
  return { inputs, targets };
};
