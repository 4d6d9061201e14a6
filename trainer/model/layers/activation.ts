import type Type from "typebox";
import type { activation as schema } from "../../../recipe/layers/activation.ts";
import { ACTIVATE } from "../activations.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";

/** An activation as a layer of its own. */
export function activation(
  recipe: Type.Static<typeof schema>,
  { shape, beforeLoss }: BuildContext,
): BuiltLayer {
  return {
    ...PASSIVE,
    shape,
    activation: recipe.activation,
    measured: true,
    forward: ACTIVATE[beforeLoss ? "linear" : recipe.activation],
  };
}
