import { bilinear } from "./bilinear.ts";
import type { PictureShape } from "./shape.ts";

/** What is kept, in shares of the picture: its side, and the place of its upper left corner. */
export interface Window {
  side: number;
  top: number;
  left: number;
}

/** Keeps a window of a picture, and scales it back to the size of the whole. */
export function crop(
  from: Float32Array,
  to: Float32Array,
  shape: PictureShape,
  { side, top, left }: Window,
): void {
  const [height, width, channels] = shape;
  for (let y = 0, at = 0; y < height; y++) {
    // Pixels are areas: the middle of the first one is half a row below the edge.
    const row = top * height + (y + 0.5) * side - 0.5;
    for (let x = 0; x < width; x++, at += channels) {
      bilinear(from, shape, row, left * width + (x + 0.5) * side - 0.5, to, at);
    }
  }
}
