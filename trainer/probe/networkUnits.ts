/** The column of identical units. */
import type { Snapshot } from "../loop/executor.ts";
import type { Network } from "../model/network.ts";
import { rounded } from "./columns.ts";
import { identicalUnits } from "./identicalUnits.ts";

/** By layer; null for those without a kernel, and with a single unit. */
export function identicalColumn({ layers }: Network, weights: Snapshot): (number | null)[] {
  return layers.map(({ name, parameters }) => {
    const kernel = parameters.find((each) => each.name === `${name}.kernel`);
    return kernel ? rounded(identicalUnits(weights.get(kernel.name)!, kernel.shape.at(-1)!)) : null;
  });
}
