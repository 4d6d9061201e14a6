/** How classes are given to a loss that measures distances (LeCun et al. 1998, "Efficient BackProp", 4.5). */
import type { TargetsName } from "../../recipe/data/index.ts";
import type { Encoding } from "./dataset.ts";

/** By the recipe's name, for so many classes; `values` and two classes take one unit. */
export const ENCODINGS: Record<TargetsName, (classes: number) => Encoding> = {
  values: () => ({ units: 1, value: (target) => target }),
  zeroOne: () => ({ units: 1, value: (target) => target }),
  plusMinusOne: (classes) =>
    classes === 2
      ? { units: 1, value: (target) => 2 * target - 1 }
      : { units: classes, value: (target, unit) => (unit === target ? 1 : -1) },
  oneHot: (classes) => ({ units: classes, value: (target, unit) => (unit === target ? 1 : 0) }),
};
