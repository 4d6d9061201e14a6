/**
 * The scale that weights should start with, by the activation that their outputs meet.
 *
 * He et al. 2015 for rectifiers, Glorot and Bengio 2010 (Xavier) for sigmoid, tanh and outputs, LeCun et al. 1998 for
 * selu (Klambauer et al. 2017). The lessons call both 2 / (fan-in + fan-out) and 1 / fan-in Xavier, so anything
 * between the two is right.
 */
import type { LayerInfo } from "../../telemetry/events.ts";
import { isRectifier } from "./activations.ts";

/** Rectifiers that pass on part of what is negative keep a signal alive at LeCun's scale, too. */
const SMOOTH = new Set(["elu", "gelu", "swish", "silu"]);
/** Two layers of healthy scale differ by less; √2 apart, as He and LeCun are, does not count as the same. */
const TOLERANCE = 1.2;
/** Standard errors by which sampling may move the standard deviation of the weights. */
const STANDARD_ERRORS = 3;

/** The smallest and the largest right standard deviation. */
export function rightStd(
  activation: string,
  fanIn: number,
  fanOut: number,
): { least: number; most: number } {
  const he = Math.sqrt(2 / fanIn);
  const leCun = Math.sqrt(1 / fanIn);
  const xavier = Math.sqrt(2 / (fanIn + fanOut));
  if (isRectifier(activation)) {
    return { least: SMOOTH.has(activation.toLowerCase()) ? leCun : he, most: he };
  }
  if (activation.toLowerCase() === "selu") return { least: leCun, most: leCun };
  return { least: Math.min(leCun, xavier), most: Math.max(leCun, xavier) };
}

export type InitVerdict = "fits" | "zero" | "too small" | "too large";

export interface InitScale {
  verdict: InitVerdict;
  /** Measured standard deviation over the nearest right one: 1 where it is right. */
  ratio: number;
  std: number;
  /** The nearest right one. */
  wanted: number;
}

/**
 * @param std measured
 * @param weights how many it was measured on: few of them are often off by chance
 */
export function judgeInit(
  std: number,
  activation: string,
  { fanIn, fanOut }: { fanIn: number; fanOut: number },
  weights = Number.POSITIVE_INFINITY,
): InitScale {
  const { least, most } = rightStd(activation, fanIn, fanOut);
  const wanted = Math.max(least, Math.min(std, most));
  const tolerance = TOLERANCE + STANDARD_ERRORS / Math.sqrt(2 * weights);
  const ratio = std / wanted;
  const verdict =
    std === 0
      ? "zero"
      : ratio > tolerance
        ? "too large"
        : ratio < 1 / tolerance
          ? "too small"
          : "fits";
  return { verdict, ratio, std, wanted };
}

/**
 * From the norm of a layer's parameters before the first update; biases start at 0.
 * @returns NaN where the parameters are not a kernel and biases, and the norm says nothing of a scale
 */
export function startingStd(layer: LayerInfo, norm: number | null | undefined): number {
  const { fanIn, units, parameters } = layer;
  if (typeof norm !== "number" || !fanIn || !units) return Number.NaN;
  const weights = fanIn * units;
  if (parameters !== weights && parameters !== weights + units) return Number.NaN;
  return norm / Math.sqrt(weights);
}
