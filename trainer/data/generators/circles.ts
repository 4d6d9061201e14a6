import { type Generate, inThePlane } from "./generator.ts";

/** The class is the number of the circle, from within; the outermost has radius 1. */
export const circles: Generate<{ rows: number; noise?: number; classes?: number }> = (
  { rows, noise = 0.1, classes = 2 },
  draw,
) =>
  inThePlane(rows, classes, (target) => {
    const radius = (target + 1) / classes;
    const angle = 2 * Math.PI * draw.uniform();
    return [
      radius * Math.cos(angle) + noise * draw.normal(),
      radius * Math.sin(angle) + noise * draw.normal(),
    ];
  });
