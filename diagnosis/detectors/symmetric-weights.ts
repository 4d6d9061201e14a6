/**
 * Units of a layer that start as copies of each other: they get the same gradient and stay copies for ever, so the
 * layer is worth a single unit.
 */
import { defineDetector, type Judge, type Observation } from "../detector.ts";
import { layerEvidence } from "../evidence.ts";
import { list, percent } from "../format.ts";
import type { History } from "../history.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { xavierInitialization } from "../remedies/xavier-initialization.ts";
import { type HiddenLayer, hiddenStretches } from "../theory/stretches.ts";

export const symmetricWeights = defineDetector({
  symptom: "symmetric-weights",
  lesson: "Lesson 000, symmetry (S0-05); lesson 003, zero initialisation (S3-05)",
  needs: ["initial.identicalUnits | epoch.identicalUnits"],
  starts: "before the first update",
  thresholds: {
    share: {
      value: 1,
      what: "share of a layer's units that equal another of its units, bit for bit",
      source: "Lesson 000 (S0-05): all of them",
    },
  },
  remedies: [heInitialization, xavierInitialization],
  on: ["initial", "epoch"],
  create({ share }): Judge {
    let firstStep: number | undefined;
    return (occasion, history) => {
      if (occasion.kind !== "initial" && occasion.kind !== "epoch") return undefined;
      const { identicalUnits } = occasion;
      // Units that differed at the start only become equal by being lost: all NaN, or all zero.
      const begins = occasion.kind === "initial" || occasion.epoch === 0;
      if (!identicalUnits || !(begins || firstStep !== undefined)) return undefined;
      // Units of the output layer that start alike part at once: each has its own target.
      const alike = hiddenStretches(history)
        .flat()
        .filter(({ layer }) => (layer.units ?? 0) > 1 && layer.trainable !== false)
        .filter(({ index }) => (identicalUnits[index] ?? 0) >= share);
      if (alike.length === 0) return firstStep === undefined ? undefined : null;
      const lastStep = occasion.kind === "epoch" ? occasion.step : 0;
      firstStep ??= lastStep;
      return observe(history, alike, { firstStep, lastStep, share });
    };
  },
});

function observe(
  history: History,
  alike: HiddenLayer[],
  { share, ...span }: { firstStep: number; lastStep: number; share: number },
): Observation {
  const names = alike.map(({ layer }) => layer.name);
  const [first] = alike;
  const initializer = first?.layer.initializer;
  return {
    severity: "error",
    ...span,
    layers: names,
    message: `All units of ${list(names)} are copies of each other${initializer ? ` (initializer ${initializer})` : ""}: they get equal gradients and stay copies, so ${first?.layer.units} units learn no more than one.`,
    evidence: alike.map(({ index, layer }) =>
      layerEvidence(history, "identicalUnits", index, {
        ...span,
        value: 1,
        threshold: share,
        text: `${percent(1)} of ${layer.units} units equal another of the layer`,
      }),
    ),
    anchor: first?.layer.anchor ?? null,
  };
}
