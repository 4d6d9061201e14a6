import type Type from "typebox";
import type { sgd as schema } from "../../recipe/optimizers/sgd.ts";
import { ruleOf } from "./formula/rule.ts";
import type { Rule, RuleShader } from "./update.ts";

/**
 * Without momentum w ← w − lr·g. With it one of the lessons' two forms, which differ as soon as the learning rate
 * changes: v ← m·v − lr·g, w ← w + v (`classic`, lesson 000, Polyak 1964) or v ← m·v + g, w ← w − lr·v (`torch`,
 * lesson 002).
 * With `nesterov`, g is taken at w + m·v (Nesterov 1983, Sutskever et al. 2013): the network is shown those look-ahead
 * weights while it trains, and the real ones everywhere else.
 */
export function sgd(recipe: Type.Static<typeof schema>): Rule {
  const { momentum = 0, nesterov = false, momentumForm = "classic" } = recipe;
  return ruleOf(momentum === 0 ? PLAIN : FORMS[momentumForm](momentum, nesterov));
}

const PLAIN: RuleShader = {
  slots: [],
  numbers: (rate) => ({ rate }),
  body: "update = -rate * gradient;",
};

const FORMS = {
  classic: (momentum: number, nesterov: boolean): RuleShader => ({
    slots: ["velocity"],
    numbers: (rate) => ({ rate, momentum }),
    body: "velocity = momentum * velocity - rate * gradient; update = velocity;",
    ...(nesterov && { shown: "weight + update + momentum * velocity" }),
  }),
  torch: (momentum: number): RuleShader => ({
    slots: ["velocity"],
    numbers: (rate) => ({ rate, momentum }),
    body: "velocity = momentum * velocity + gradient; update = -rate * velocity;",
  }),
};
