import type Type from "typebox";
import type { rmsprop as schema } from "../../recipe/optimizers/rmsprop.ts";
import { ruleOf } from "./formula/rule.ts";
import type { Rule } from "./update.ts";

/**
 * v ← ρv + (1 − ρ)g²; w ← w − lr · g / (√v + ε) (Tieleman and Hinton 2012). Lesson 002 has no ε: a gradient that is
 * exactly 0 at the first step would be 0/0.
 */
export function rmsprop(recipe: Type.Static<typeof schema>): Rule {
  const { rho = 0.9, epsilon = 1e-8 } = recipe;
  return ruleOf({
    slots: ["v"],
    numbers: (rate) => ({ rate, rho, share: 1 - rho, epsilon }),
    // In this order: the square alone may overflow.
    body: `
      v = rho * v + (share * gradient) * gradient;
      update = -(rate * gradient) / (sqrt(v) + epsilon);`,
  });
}
