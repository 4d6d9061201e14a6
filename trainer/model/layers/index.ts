/** Builders of every layer a recipe can hold, by `type`. A new layer: one file and one line here. */
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { activation } from "./activation.ts";
import { averagePooling2d } from "./averagePooling2d.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { globalAveragePooling2d } from "./globalAveragePooling2d.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";
import { layerNormalization } from "./layerNormalization.ts";
import { maxPooling2d } from "./maxPooling2d.ts";
import { prelu } from "./prelu.ts";
import { rbf } from "./rbf.ts";
import { residual } from "./residual.ts";

type Build<L extends RecipeLayer> = (
  recipe: L,
  context: BuildContext,
) => BuiltLayer | Promise<BuiltLayer>;

type Builders = { [T in RecipeLayer["type"]]: Build<Extract<RecipeLayer, { type: T }>> };

const BUILDERS: Builders = {
  dense,
  conv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  flatten,
  batchNormalization,
  layerNormalization,
  dropout,
  activation,
  prelu,
  rbf,
  residual,
};

/** @throws {InputError} a layer that does not fit what comes in */
export async function buildLayer(recipe: RecipeLayer, context: BuildContext): Promise<BuiltLayer> {
  return (BUILDERS[recipe.type] as Build<RecipeLayer>)(recipe, context);
}
