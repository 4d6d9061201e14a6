import type Type from "typebox";
import type { adam as schema } from "../../recipe/optimizers/adam.ts";
import { momentsRule } from "./moments.ts";
import type { Rule } from "./update.ts";

/** Kingma and Ba 2015, with bias correction (lesson 002). */
export function adam(recipe: Type.Static<typeof schema>): Rule {
  return momentsRule(recipe, 0);
}
