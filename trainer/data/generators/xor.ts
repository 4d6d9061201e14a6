import type { Generate } from "./generator.ts";

/** The corners take turns; the class is 1 where just one coordinate is 1 (Minsky and Papert 1969). */
export const xor: Generate<{ rows: number; noise?: number }> = ({ rows, noise = 0.1 }, draw) => {
  const inputs = new Float32Array(2 * rows);
  const targets = Array.from({ length: rows }, (_, row) => {
    const first = row & 1;
    const second = (row >> 1) & 1;
    inputs[2 * row] = first + noise * draw.normal();
    inputs[2 * row + 1] = second + noise * draw.normal();
    return first ^ second;
  });
  return { inputs, targets };
};
