/** Every optimizer a recipe can name, by `type`. A new optimizer: one file and one line here. */
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";
import type { Rule } from "./update.ts";

type Rules = {
  [T in RecipeOptimizer["type"]]: (recipe: Extract<RecipeOptimizer, { type: T }>) => Rule;
};

const RULES: Rules = { sgd, rmsprop, adam, adamw, adagrad, adadelta };

export function updateRule(recipe: RecipeOptimizer): Rule {
  return (RULES[recipe.type] as (recipe: RecipeOptimizer) => Rule)(recipe);
}
