/** Builders of every layer a recipe can hold, by `type`. A new layer: one file and one line here. */
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { activation } from "./activation.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";

type Builders = {
  [T in RecipeLayer["type"]]: (
    recipe: Extract<RecipeLayer, { type: T }>,
    context: BuildContext,
  ) => BuiltLayer;
};

const BUILDERS: Builders = { dense, batchNormalization, dropout, activation };

export function buildLayer(recipe: RecipeLayer, context: BuildContext): BuiltLayer {
  const build = BUILDERS[recipe.type] as (r: RecipeLayer, c: BuildContext) => BuiltLayer;
  return build(recipe, context);
}
