import { bilinear } from "./bilinear.ts";
import type { PictureShape } from "./shape.ts";

/**
 * Turns a picture around its middle.
 * @param degrees counter-clockwise
 */
export function rotate(
  from: Float32Array,
  to: Float32Array,
  shape: PictureShape,
  degrees: number,
): void {
  const [height, width, channels] = shape;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const middleY = (height - 1) / 2;
  const middleX = (width - 1) / 2;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += channels) {
      // Each pixel asks where it came from. Rows count downwards.
      const dy = y - middleY;
      const dx = x - middleX;
      bilinear(from, shape, middleY + cos * dy + sin * dx, middleX + cos * dx - sin * dy, to, at);
    }
  }
}
