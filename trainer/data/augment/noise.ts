import type { Stream } from "../../random.ts";

/** Adds normal noise. @param to may be `from` itself */
export function noise(from: Float32Array, to: Float32Array, stddev: number, draw: Stream): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i]! + stddev * draw.normal();
}
