/** Brings a picture to another size. */
import type { Picture } from "./picture.ts";

/** What one number of the result takes from a line: `weights[i]` of the number at `first + i`; they add up to 1. */
interface Share {
  first: number;
  weights: number[];
}

/**
 * Linear interpolation where a side grows; where it shrinks, each number is the mean of what it covers, weighted by a
 * triangle (the "bilinear" of Pillow).
 */
export function resize(picture: Picture, height: number, width: number): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const { channels } = picture;
  const wide = new Float32Array(picture.height * width * channels);
  sharesOf(picture.width, width).forEach((share, x) => {
    for (let line = 0; line < picture.height; line++) {
      for (let c = 0; c < channels; c++) {
        const from = (line * picture.width + share.first) * channels + c;
        wide[(line * width + x) * channels + c] = sum(picture.values, from, channels, share);
      }
    }
  });
  const values = new Float32Array(height * width * channels);
  const line = width * channels;
  sharesOf(picture.height, height).forEach((share, y) => {
    for (let i = 0; i < line; i++)
      values[y * line + i] = sum(wide, share.first * line + i, line, share);
  });
  return { height, width, channels, values };
}

function sum(values: Float32Array, from: number, stride: number, { weights }: Share): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += values[from + i * stride]! * weights[i]!;
  return total;
}

function sharesOf(from: number, to: number): Share[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.round(centre - reach));
    const last = Math.min(from, Math.round(centre + reach));
    const raw = Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    );
    const all = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / all) };
  });
}
