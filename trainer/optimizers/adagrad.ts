import type Type from "typebox";
import type { adagrad as schema } from "../../recipe/optimizers/adagrad.ts";
import { ruleOf } from "./formula/rule.ts";
import type { Rule } from "./update.ts";

/** v ← v + g²; w ← w − lr · g / (√v + ε) (Duchi, Hazan and Singer 2011); v starts at 0, as PyTorch's. */
export function adagrad({ epsilon = 1e-10 }: Type.Static<typeof schema>): Rule {
  return ruleOf({
    slots: ["v"],
    numbers: (rate) => ({ rate, epsilon }),
    body: `
      v = v + gradient * gradient;
      update = -(rate * gradient) / (sqrt(v) + epsilon);`,
  });
}
