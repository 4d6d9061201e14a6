import type { Generate } from "./generator.ts";

/** x is uniform from −π to π. */
export const sine: Generate<{ rows: number; noise?: number }> = ({ rows, noise = 0.1 }, draw) => {
  const inputs = Float32Array.from({ length: rows }, () => Math.PI * (2 * draw.uniform() - 1));
  return { inputs, targets: Array.from(inputs, (x) => Math.sin(x) + noise * draw.normal()) };
};
