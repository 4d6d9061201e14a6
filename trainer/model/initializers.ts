/** How weights start. Written here and not taken from TensorFlow.js, whose heNormal lacks the correction below. */
import type { Initializer } from "../../recipe/names.ts";
import type { Stream } from "../random.ts";

/** Scale, what it is divided by, and the distribution: Keras's VarianceScaling. */
const SCALED: Record<string, { scale: number; fan: "in" | "average"; normal: boolean }> = {
  // He et al. 2015, for relu: half of the signal is cut off, so twice the variance.
  heNormal: { scale: 2, fan: "in", normal: true },
  heUniform: { scale: 2, fan: "in", normal: false },
  // Glorot and Bengio 2010, for sigmoid and tanh.
  glorotNormal: { scale: 1, fan: "average", normal: true },
  glorotUniform: { scale: 1, fan: "average", normal: false },
  // LeCun et al. 1998, for selu; the lessons call it Xavier.
  leCunNormal: { scale: 1, fan: "in", normal: true },
  leCunUniform: { scale: 1, fan: "in", normal: false },
};

/** Standard deviation of a standard normal that is cut off at ±2. */
const TRUNCATED_STD = 0.87962566103423978;

/**
 * @returns the starting values of a kernel of `fanIn × fanOut`, or of a bias where `count` is given
 */
export function initialize(
  initializer: Initializer,
  fanIn: number,
  fanOut: number,
  stream: Stream,
  count = fanIn * fanOut,
): Float32Array {
  const draw = sampler(initializer, fanIn, fanOut, stream);
  return Float32Array.from({ length: count }, draw);
}

function sampler(init: Initializer, fanIn: number, fanOut: number, stream: Stream): () => number {
  if (typeof init === "string") {
    if (init === "zeros") return () => 0;
    if (init === "ones") return () => 1;
    const { scale, fan, normal } = SCALED[init]!;
    const variance = scale / (fan === "in" ? fanIn : (fanIn + fanOut) / 2);
    if (!normal) return uniform(-Math.sqrt(3 * variance), Math.sqrt(3 * variance), stream);
    const std = Math.sqrt(variance) / TRUNCATED_STD;
    return () => std * truncated(stream);
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
export function describeInitializer(init: Initializer): string {
  if (typeof init === "string") return init;
  const { type, ...settings } = init;
  const list = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return `${type}(${list.join(", ")})`;
}
