import type { Stream } from "../../random.ts";
import { crop } from "./crop.ts";
import { flip } from "./flip.ts";
import { drawWindow } from "./index.ts";
import { noise } from "./noise.ts";
import { rotate } from "./rotate.ts";
import type { PictureShape } from "./shape.ts";

const DEGREES = 5;
const LEAST_SIDE = 0.9;
const STDDEV = 0.05;

/** The five pictures that lesson 0 makes of one: itself, mirrored, turned by 5°, a crop scaled back, with noise. */
export function variants(image: Float32Array, shape: PictureShape, draw: Stream): Float32Array[] {
  const made = (change: (to: Float32Array) => void) => {
    const to = new Float32Array(image.length);
    change(to);
    return to;
  };
  return [
    image.slice(),
    made((to) => flip(image, to, shape)),
    made((to) => rotate(image, to, shape, DEGREES)),
    made((to) => crop(image, to, shape, drawWindow(LEAST_SIDE, draw))),
    made((to) => noise(image, to, STDDEV, draw)),
  ];
}
