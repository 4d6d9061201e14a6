/** How weights start: the names, and the scale that each gives. */
import Type from "typebox";
import type { ActivationName } from "./names.ts";

interface Scaling {
  /** Numerator of the variance. */
  scale: number;
  /** What it is divided by: fan-in, or the mean of fan-in and fan-out. */
  fan: "in" | "average";
  distribution: "normal" | "uniform";
}

/** Initializers whose variance follows from the layer's fan-in and fan-out. */
export const SCALINGS = {
  // He et al. 2015, for relu: half of the signal is cut off, so twice the variance.
  heNormal: { scale: 2, fan: "in", distribution: "normal" },
  heUniform: { scale: 2, fan: "in", distribution: "uniform" },
  // Glorot and Bengio 2010, for sigmoid and tanh: variance 2 / (fan-in + fan-out).
  glorotNormal: { scale: 1, fan: "average", distribution: "normal" },
  glorotUniform: { scale: 1, fan: "average", distribution: "uniform" },
  // LeCun et al. 1998, for selu; lessons 001 and 004 call it Xavier.
  leCunNormal: { scale: 1, fan: "in", distribution: "normal" },
  leCunUniform: { scale: 1, fan: "in", distribution: "uniform" },
} as const satisfies Record<string, Scaling>;
export type ScalingName = keyof typeof SCALINGS;

/** Initializers without settings. */
export const PLAIN_INITIALIZERS = [
  "auto",
  ...(Object.keys(SCALINGS) as ScalingName[]),
  "orthogonal",
  "zeros",
  "ones",
] as const;

const settable = { additionalProperties: false };

export const Initializer = Type.Union(
  [
    Type.Enum([...PLAIN_INITIALIZERS]),
    Type.Object(
      {
        type: Type.Literal("randomNormal"),
        mean: Type.Optional(Type.Number({ default: 0 })),
        stddev: Type.Number({ exclusiveMinimum: 0 }),
      },
      settable,
    ),
    Type.Object(
      { type: Type.Literal("randomUniform"), minval: Type.Number(), maxval: Type.Number() },
      settable,
    ),
    Type.Object({ type: Type.Literal("constant"), value: Type.Number() }, settable),
    Type.Object(
      {
        type: Type.Literal("orthogonal"),
        gain: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 1 })),
      },
      settable,
    ),
  ],
  {
    description:
      "How the weights start. auto: He for relu and its family, LeCun for selu, Glorot (Xavier) for the others.",
  },
);
export type Initializer = Type.Static<typeof Initializer>;

/** Keras's. */
export const DEFAULT_INITIALIZERS = {
  kernelInitializer: "glorotUniform",
  biasInitializer: "zeros",
} as const satisfies Record<string, Initializer>;

/** Lesson 003 (S3-09): He for the family of relu, Xavier for sigmoid and tanh; LeCun for selu (Klambauer et al. 2017). */
export function automatic(activation: ActivationName): ScalingName {
  if (activation === "selu") return "leCunNormal";
  const rectifiers: ActivationName[] = ["relu", "leakyRelu", "elu", "gelu", "swish"];
  return rectifiers.includes(activation) ? "heNormal" : "glorotUniform";
}

/** Standard deviation that a scaled initializer gives to the weights. */
export function scaledStd(name: ScalingName, fanIn: number, fanOut: number): number {
  const { scale, fan } = SCALINGS[name];
  return Math.sqrt(scale / (fan === "in" ? fanIn : (fanIn + fanOut) / 2));
}
