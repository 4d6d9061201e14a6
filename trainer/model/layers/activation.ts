import type Type from "typebox";
import type { activation as schema } from "../../../recipe/layers/activation.ts";
import { ACTIVATE } from "../activations.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";

/** An activation as a layer of its own. */
export function activation(recipe: Type.Static<typeof schema>, context: BuildContext): BuiltLayer {
  return {
    units: context.inputs,
    activation: recipe.activation,
    initializer: null,
    fanIn: null,
    fanOut: null,
    parameters: [],
    statistics: [],
    measured: true,
    forward: ACTIVATE[context.beforeLoss ? "linear" : recipe.activation],
  };
}
