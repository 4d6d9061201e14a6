import type Type from "typebox";
import type { adamw as schema } from "../../recipe/optimizers/adamw.ts";
import { momentsRule } from "./moments.ts";
import type { Rule } from "./update.ts";

/** Adam with weight decay that does not pass through the moments (Loshchilov and Hutter 2019; lesson 002). */
export function adamw(recipe: Type.Static<typeof schema>): Rule {
  return momentsRule(recipe, recipe.weightDecay ?? 0.01);
}
