import type Type from "typebox";
import type { adadelta as schema } from "../../recipe/optimizers/adadelta.ts";
import { ruleOf } from "./formula/rule.ts";
import type { Rule } from "./update.ts";

/**
 * a ← ρa + (1 − ρ)g²; Δ = √(d + ε) / √(a + ε) · g; d ← ρd + (1 − ρ)Δ²; w ← w − lr · Δ (Zeiler 2012, who has no rate:
 * lr is 1).
 */
export function adadelta({ rho = 0.95, epsilon = 1e-6 }: Type.Static<typeof schema>): Rule {
  return ruleOf({
    slots: ["a", "d"],
    numbers: (rate) => ({ rate, rho, share: 1 - rho, epsilon }),
    // In this order: a square alone may overflow.
    body: `
      a = rho * a + (share * gradient) * gradient;
      update = -(sqrt(d + epsilon) / sqrt(a + epsilon)) * gradient;
      d = rho * d + (share * update) * update;
      update = rate * update;`,
  });
}
