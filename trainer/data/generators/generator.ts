/** What every generator gives. */
import type { Stream } from "../../random.ts";

export interface Generated {
  /** Row after row, `rows × features`. */
  inputs: Float32Array;
  /** One a row: class number, or value. */
  targets: number[];
}

/** Any stretch of the rows is as good as random ones, and the classes take turns in it. */
export type Generate<Settings> = (settings: Settings, draw: Stream) => Generated;

/** @param point the two inputs of a row of that class */
export function inThePlane(
  rows: number,
  classes: number,
  point: (target: number) => [x: number, y: number],
): Generated {
  const targets = Array.from({ length: rows }, (_, row) => row % classes);
  return { inputs: Float32Array.from(targets.flatMap(point)), targets };
}
