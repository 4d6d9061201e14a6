import type { PictureShape } from "./shape.ts";

/** Mirrors a picture left to right; twice gives the very same picture. */
export function flip(
  from: Float32Array,
  to: Float32Array,
  [height, width, channels]: PictureShape,
): void {
  const line = width * channels;
  for (let start = 0; start < height * line; start += line) {
    for (let x = 0; x < width; x++) {
      const source = start + (width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) to[start + x * channels + c] = from[source + c]!;
    }
  }
}
