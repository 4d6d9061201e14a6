import type { PictureShape } from "./shape.ts";

/**
 * The pixel at a place between pixels, by linear interpolation; outside, the nearest pixel of the edge counts.
 * @param y from the middle of the first row, in rows
 * @param at where in `to` the channels go
 */
export function bilinear(
  from: Float32Array,
  shape: PictureShape,
  y: number,
  x: number,
  to: Float32Array,
  at: number,
): void {
  // Not taken apart by a pattern: this runs once a pixel, and the pattern would take most of the time.
  const height = shape[0];
  const width = shape[1];
  const channels = shape[2];
  const row = Math.min(Math.max(y, 0), height - 1);
  const column = Math.min(Math.max(x, 0), width - 1);
  const top = Math.floor(row);
  const left = Math.floor(column);
  const down = row - top;
  const right = column - left;
  const upper = (top * width + left) * channels;
  const lower = upper + (top < height - 1 ? width * channels : 0);
  const beside = left < width - 1 ? channels : 0;
  for (let c = 0; c < channels; c++) {
    const above = from[upper + c]! * (1 - right) + from[upper + beside + c]! * right;
    const below = from[lower + c]! * (1 - right) + from[lower + beside + c]! * right;
    to[at + c] = above * (1 - down) + below * down;
  }
}
