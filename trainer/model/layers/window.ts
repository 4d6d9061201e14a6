/** What convolutions and pooling have in common: a window that moves over a picture. */
import type { BuildContext } from "./layer.ts";

/** One number for both directions, or [height, width]. */
export function pair(value: number | number[]): [number, number] {
  return typeof value === "number" ? [value, value] : [value[0]!, value[1]!];
}

/**
 * @returns height, width and channels of what comes in
 * @throws {InputError} rows come in
 */
export function pictureOf(
  { shape, name, mistake }: BuildContext,
  type: string,
): [number, number, number] {
  const [height, width, channels] = shape;
  if (width === undefined || channels === undefined) {
    throw mistake(
      undefined,
      `The ${type} layer ${name} needs pictures, and rows of ${height} numbers come in: say what pictures they are in "data", as "shape": [height, width, channels], and put the layer before any flatten or dense layer.`,
    );
  }
  return [height!, width, channels];
}

/**
 * @param setting that gave the window
 * @throws {InputError} the window is larger than the picture, and there is no padding
 */
export function checkFit(
  { shape, name, mistake }: BuildContext,
  { type, padding }: { type: string; padding?: "valid" | "same" },
  setting: string,
  window: [number, number],
): void {
  const [height, width] = shape;
  if (padding === "same" || (window[0] <= height! && window[1] <= width!)) return;
  throw mistake(
    setting,
    `The window of the ${type} layer ${name} is ${window.join(" × ")}, and the picture that comes in only ${height} × ${width}: make "${setting}" smaller, or set "padding": "same".`,
  );
}
