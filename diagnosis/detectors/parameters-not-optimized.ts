/**
 * Layers that the optimizer does not hold, though they are not frozen: they get gradients and are never changed.
 *
 * Where all of them lie below what is trained, this is how pretrained features are often kept; a gap or a head that is
 * left out is a mistake whatever the data.
 */
import { defineDetector, type Judge, type Observation } from "../detector.ts";
import { list } from "../format.ts";
import type { History } from "../history.ts";
import { byOutcome, OUTCOME } from "../theory/outcome.ts";

export const parametersNotOptimized = defineDetector({
  symptom: "parameters-not-optimized",
  lesson: "Lesson 002, the training loop; TrainCheck: every trainable weight changes with a step",
  needs: ["run.unoptimized"],
  starts: "before the first update",
  thresholds: { ...OUTCOME },
  remedies: [],
  on: ["run", "window", "end"],
  create(limits): Judge {
    let risk: Observation | undefined;
    let last: string | undefined;
    return (occasion, history) => {
      if (occasion.kind === "run") risk = look(history);
      if (!risk) return undefined;
      const severity =
        risk.severity === "error" ? "error" : byOutcome(risk.severity, history, limits);
      if (severity === last) return undefined;
      last = severity;
      return { ...risk, severity };
    };
  },
});

function look({ run, layers }: History): Observation | undefined {
  const names = run?.unoptimized ?? [];
  if (!run || names.length === 0) return undefined;
  const left = new Set(names);
  const learning = layers.filter(
    ({ parameters, trainable }) => parameters > 0 && trainable !== false,
  );
  const firstHeld = learning.findIndex(({ name }) => !left.has(name));
  const below = firstHeld > 0 && learning.slice(firstHeld).every(({ name }) => !left.has(name));
  const span = { firstStep: 0, lastStep: 0 };
  const text = `${names.length} of ${learning.length} layers that could learn are not among the optimizer's parameters`;
  return {
    severity: below ? "info" : "error",
    ...span,
    layers: [...names],
    message: `The optimizer does not hold the parameters of ${list(names)}: they never change. Give them to the optimizer, or freeze them if that is meant.`,
    evidence: [
      {
        metric: "unoptimized",
        layer: names[0] ?? null,
        ...span,
        value: names.length,
        threshold: 0,
        text,
      },
    ],
    anchor: run.anchors.optimizer,
  };
}
