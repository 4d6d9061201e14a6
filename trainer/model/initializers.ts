/** How weights start. Written here and not taken from TensorFlow.js, whose heNormal lacks the correction below. */
import { automatic, type Initializer, SCALINGS, scaledStd } from "../../recipe/initializers.ts";
import type { ActivationName } from "../../recipe/names.ts";
import type { Stream } from "../random.ts";
import { orthogonal } from "./orthogonal.ts";

/** Standard deviation of a standard normal that is cut off at ±2. */
const TRUNCATED_STD = 0.87962566103423978;

export interface Start {
  fanIn: number;
  fanOut: number;
  /** That the layer's output meets; decides what `auto` is. */
  activation: ActivationName;
  stream: Stream;
}

/** @returns the starting values of a parameter of that shape, the last length being that of the units */
export function initialize(init: Initializer, shape: number[], start: Start): Float32Array {
  const count = shape.reduce((product, length) => product * length, 1);
  if (init === "orthogonal") return orthogonal(shape, 1, start.stream);
  if (typeof init === "object" && init.type === "orthogonal") {
    return orthogonal(shape, init.gain ?? 1, start.stream);
  }
  return Float32Array.from({ length: count }, sampler(init, start));
}

function sampler(
  init: Exclude<Initializer, "orthogonal" | { type: "orthogonal" }>,
  { fanIn, fanOut, activation, stream }: Start,
): () => number {
  if (typeof init === "string") {
    if (init === "zeros") return () => 0;
    if (init === "ones") return () => 1;
    const name = init === "auto" ? automatic(activation) : init;
    const std = scaledStd(name, fanIn, fanOut);
    if (SCALINGS[name].distribution === "normal") {
      return () => (std / TRUNCATED_STD) * truncated(stream);
    }
    const limit = Math.sqrt(3) * std;
    return uniform(-limit, limit, stream);
  }
  switch (init.type) {
    case "constant":
      return () => init.value;
    case "randomUniform":
      return uniform(init.minval, init.maxval, stream);
    case "randomNormal":
      return () => (init.mean ?? 0) + init.stddev * stream.normal();
  }
}

function uniform(from: number, to: number, stream: Stream): () => number {
  return () => from + (to - from) * stream.uniform();
}

/** A standard normal, drawn again beyond ±2. */
function truncated(stream: Stream): number {
  for (;;) {
    const value = stream.normal();
    if (Math.abs(value) <= 2) return value;
  }
}

/** As text, e.g. `heNormal` or `randomNormal(stddev=1)`. */
export function describeInitializer(init: Initializer, activation: ActivationName): string {
  if (init === "auto") return automatic(activation);
  if (typeof init === "string") return init;
  const { type, ...settings } = init;
  const list = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return `${type}(${list.join(", ")})`;
}
