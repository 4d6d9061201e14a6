import { type Generate, inThePlane } from "./generator.ts";

/** Arms of one turn from the origin to radius 1, after Lang and Witbrock 1988 (theirs make three). */
export const spirals: Generate<{ rows: number; noise?: number; classes?: number }> = (
  { rows, noise = 0.02, classes = 2 },
  draw,
) =>
  inThePlane(rows, classes, (target) => {
    const radius = draw.uniform();
    const angle = 2 * Math.PI * (radius + target / classes);
    return [
      radius * Math.cos(angle) + noise * draw.normal(),
      radius * Math.sin(angle) + noise * draw.normal(),
    ];
  });
