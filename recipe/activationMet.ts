import type { ActivationName } from "./names.ts";
import type { RecipeLayer } from "./schema.ts";

/** Layers that do not change what an output is for. */
const BETWEEN: (string | undefined)[] = ["batchNormalization", "layerNormalization", "dropout"];

/**
 * The activation that a layer's output meets: its own or, where that is linear, the one behind the normalisation that
 * follows. `prelu` counts as the leaky ReLU that it starts as.
 * @param layers one after the other; the hover's may lack anything
 */
export function activationMet(
  layers: readonly Partial<RecipeLayer>[],
  index: number,
): ActivationName {
  const own = activationOf(layers[index]);
  if (own !== "linear") return own;
  const next = layers.slice(index + 1).find((layer) => !BETWEEN.includes(layer?.type));
  if (next?.type === "prelu") return "leakyRelu";
  return next?.type === "activation" ? activationOf(next) : "linear";
}

function activationOf(layer: Partial<RecipeLayer> | undefined): ActivationName {
  return (layer && "activation" in layer && layer.activation) || "linear";
}
