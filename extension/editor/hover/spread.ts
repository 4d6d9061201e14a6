import {
  automatic,
  type Initializer,
  SCALINGS,
  type ScalingName,
  scaledStd,
} from "../../../recipe/initializers.ts";
import type { ActivationName } from "../../../recipe/names.ts";

/** What the first values of a parameter depend on; undefined is what is not known. */
export interface Spot {
  activation: ActivationName;
  fanIn: number | undefined;
  fanOut: number | undefined;
  /** Sides of the parameter as a matrix. */
  rows: number | undefined;
  columns: number | undefined;
}

/** Standard deviation of the values that an initializer gives; undefined where the spot leaves it open. */
export function stdOf(init: Initializer, spot: Spot): number | undefined {
  if (init === "zeros" || init === "ones") return 0;
  if (init === "auto") return scaled(automatic(spot.activation), spot);
  if (init === "orthogonal") return orthogonal(1, spot);
  if (typeof init === "string") return scaled(init, spot);
  switch (init.type) {
    case "constant":
      return 0;
    case "randomNormal":
      return init.stddev;
    case "randomUniform":
      return (init.maxval - init.minval) / Math.sqrt(12);
    case "orthogonal":
      return orthogonal(init.gain ?? 1, spot);
  }
}

/** The same of an initializer that goes by the fans. */
export function scaled(
  name: ScalingName,
  { fanIn, fanOut }: Pick<Spot, "fanIn" | "fanOut">,
): number | undefined {
  if (fanIn === undefined) return undefined;
  if (SCALINGS[name].fan === "in") return scaledStd(name, fanIn, fanIn);
  return fanOut === undefined ? undefined : scaledStd(name, fanIn, fanOut);
}

/** Vectors of length `gain`, each over the longer side (Saxe et al. 2014). */
function orthogonal(gain: number, { rows, columns }: Spot): number | undefined {
  if (rows === undefined || columns === undefined) return undefined;
  return gain / Math.sqrt(Math.max(rows, columns));
}
