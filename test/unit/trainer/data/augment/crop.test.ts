import { expect, it } from "vitest";
import { crop } from "../../../../../trainer/data/augment/crop.ts";

/** A plane: value = 10 · row + column. */
const plane = Float32Array.from({ length: 16 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4));

function cropped(side: number, top: number, left: number): number[] {
  const to = new Float32Array(16);
  crop(plane, to, [4, 4, 1], { side, top, left });
  return [...to];
}

it("keeps everything with a window as large as the picture", () => {
  expect(cropped(1, 0, 0)).toEqual([...plane]);
});

it("scales the window back to the size of the picture", () => {
  // The middle 2 × 2 pixels: rows and columns from 1 to 3, of which the new pixels have their middles at 1.25 … 2.75.
  const middles = [0.75, 1.25, 1.75, 2.25];
  const expected = middles.flatMap((y) => middles.map((x) => 10 * y + x));
  for (const [i, value] of cropped(0.5, 0.25, 0.25).entries()) {
    expect(value).toBeCloseTo(expected[i]!, 5);
  }
});

it("starts at the upper left corner of the window", () => {
  const corner = cropped(0.5, 0.5, 0);
  expect(corner[0]).toBeCloseTo(17.5, 5);
  expect(corner[15]).toBeCloseTo(31.25, 5);
});
