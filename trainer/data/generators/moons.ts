import { type Generate, inThePlane } from "./generator.ts";

/** The upper half of a circle around (0, 0) and the lower half of one around (1, ½), as in scikit-learn. */
export const moons: Generate<{ rows: number; noise?: number }> = ({ rows, noise = 0.1 }, draw) =>
  inThePlane(rows, 2, (target) => {
    const angle = Math.PI * draw.uniform();
    const x = target === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
    const y = target === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
    return [x + noise * draw.normal(), y + noise * draw.normal()];
  });
