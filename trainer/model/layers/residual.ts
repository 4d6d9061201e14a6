import * as tf from "@tensorflow/tfjs-core";
import type { ResidualLayer } from "../../../recipe/layers/residual.ts";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { ACTIVATE } from "../activations.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";
import { type Shortcut, shortcut } from "./shortcut.ts";

/**
 * activation(F(x) + x), F the layers inside (He et al. 2016). Where F changes the shape, x goes through a linear
 * projection to the new one; elsewhere it is added as it is, so a block whose F is 0 gives back what comes in.
 */
export async function residual(
  { layers, activation }: ResidualLayer<RecipeLayer>,
  context: BuildContext,
): Promise<BuiltLayer> {
  const inner = await context.block(layers);
  const { shape } = inner.at(-1)!;
  const { project, parameters }: Shortcut = shortcut(context, shape);
  const activate = ACTIVATE[context.beforeLoss ? "linear" : (activation ?? "linear")];
  return {
    ...PASSIVE,
    shape,
    activation: activation ?? null,
    parameters,
    measured: true,
    inner,
    forward: (x, pass) => {
      const through = inner.reduce((y, layer) => {
        const output = layer.forward(y, pass);
        pass.observe(layer, output);
        return output;
      }, x);
      return activate(tf.add(through, project(x)));
    },
  };
}
