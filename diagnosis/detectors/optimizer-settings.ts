/**
 * Settings of the optimizer that are far from the usual ones. Whether they do harm is for the training to show: all
 * are good practice, but an epsilon of 0, which divides 0 by 0.
 */
import type { RunEvent, StepEvent } from "../../telemetry/events.ts";
import { defineDetector } from "../detector.ts";
import type { Evidence } from "../finding.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { defaultOptimizerSettings } from "../remedies/default-optimizer-settings.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { momentum as momentumRemedy } from "../remedies/momentum.ts";
import { raiseLearningRate } from "../remedies/raise-learning-rate.ts";
import { useAdam } from "../remedies/use-adam.ts";
import { firstUpdateInRates } from "../theory/firstUpdate.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { hasMomentum, usualRate } from "../theory/optimizers.ts";

interface Limits {
  leastMomentum: number;
  mostMomentum: number;
  leastBeta1: number;
  leastBeta2: number;
  firstUpdate: number;
}

export const optimizerSettings = defineDetector({
  symptom: "optimizer-settings",
  lesson:
    "Lesson 000, momentum of 0.9 to 0.99 (S0-16); lesson 002, optimizers (Kingma and Ba 2015; Sutskever et al. 2013)",
  needs: ["run.optimizer.name"],
  wants: ["run.optimizer.settings", "step.layers.updateRatio"],
  starts: "before the first update, from the settings; after it from its size",
  thresholds: {
    leastMomentum: { value: 0.5, what: "momentum, where there is any", source: "S0-16" },
    mostMomentum: { value: 0.999, what: "momentum", source: "Lesson 000 (S0-16)" },
    leastBeta1: {
      value: 0.8,
      what: "Adam's decay of the mean of gradients",
      source: "Kingma and Ba 2015: 0.9 is usual; half the memory is still near",
    },
    leastBeta2: {
      value: 0.9,
      what: "Adam's decay of the mean of squared gradients",
      source: "Kingma and Ba 2015: 0.99 and above; below 0.9 it forgets within ten steps",
    },
    firstUpdate: {
      value: 2,
      what: "change of a weight by Adam's first update, in learning rates",
      source: "Lesson 002 (S2-12): 1 with bias correction, 3.16 without",
    },
  },
  remedies: [
    defaultOptimizerSettings,
    momentumRemedy,
    lowerLearningRate,
    raiseLearningRate,
    useAdam,
  ],
  on: ["run", "step"],
  create(limits) {
    let remarks: string[] = [];
    let evidence: Evidence[] = [];
    return (event, history) => {
      if (event.kind === "step" && event.step > 1) return undefined;
      const before = remarks.length;
      if (event.kind === "step") remarks.push(...ofFirstUpdate(event, history, limits));
      if (event.kind === "run" && event.optimizer.name !== "") {
        const divides = dividesByZero(event);
        evidence = divides ? [figure("optimizer.epsilon", 0, 1e-8, DIVISION)] : [];
        remarks = [
          ...(divides ? [DIVISION] : []),
          ...ofMomentum(event, limits),
          ...ofMoments(event, limits),
          ...ofRate(event),
          ...ofChoice(event),
        ];
      }
      if (remarks.length === before) return undefined;
      const { optimizer, anchors } = history.run as RunEvent;
      return fromTheStart({
        message: `Unusual settings of ${optimizer.name}: ${remarks.join("; ")}.`,
        evidence,
        anchor: anchors.optimizer,
      });
    };
  },
});

const DIVISION = "epsilon is 0, so a gradient of exactly 0 is divided by 0";

function dividesByZero({ optimizer: { name, settings } }: RunEvent): boolean {
  return settings["epsilon"] === 0 && /adam|rmsprop/i.test(name);
}

function ofMomentum({ optimizer, schedule }: RunEvent, limits: Limits): string[] {
  const { name, settings } = optimizer;
  const { momentum, momentumForm } = settings;
  if (/^sgd$/i.test(name) && !hasMomentum(name, settings)) {
    return ["there is no momentum, which speeds up long valleys: 0.9 is usual"];
  }
  if (typeof momentum !== "number" || momentum === 0) return [];
  const outside = momentum < limits.leastMomentum || momentum > limits.mostMomentum;
  const varies = schedule !== undefined && schedule.type !== "constant";
  return [
    ...(outside ? [`a momentum of ${momentum}, where 0.9 to 0.99 are usual`] : []),
    ...(momentumForm === "torch" && varies
      ? ["in PyTorch's form of momentum a new learning rate also rescales the past updates"]
      : []),
  ];
}

function ofMoments({ optimizer: { settings } }: RunEvent, limits: Limits): string[] {
  const { beta1, beta2 } = settings;
  return [
    ...(typeof beta1 === "number" && beta1 < limits.leastBeta1
      ? [`beta1 is ${short(beta1)}, where 0.9 is usual`]
      : []),
    ...(typeof beta2 === "number" && beta2 < limits.leastBeta2
      ? [`beta2 is ${short(beta2)}, where 0.999 is usual`]
      : []),
  ];
}

function ofRate({ optimizer: { name, learningRate } }: RunEvent): string[] {
  const usual = usualRate(name);
  if (!usual || Number.isNaN(learningRate)) return [];
  if (learningRate >= usual.least && learningRate <= usual.most) return [];
  return [`a learning rate of ${short(learningRate)}, where ${short(usual.start)} is usual`];
}

/** Where to start: lesson 002 (S2-13). */
function ofChoice({ optimizer: { name }, layers }: RunEvent): string[] {
  if (/^ada(grad|delta)$/i.test(name)) {
    return [`${name} takes ever smaller steps: Adam is where to start`];
  }
  const transformer = layers.some(({ type }) => /attention|transformer/i.test(type));
  return transformer && !/^adamw$/i.test(name) ? ["AdamW is usual for transformers"] : [];
}

/** Of a run that goes on from another one the means are no longer at 0. */
function ofFirstUpdate(event: StepEvent, history: History, limits: Limits): string[] {
  const { run } = history;
  if (run?.resumed || !/^adamw?$/i.test(run?.optimizer.name ?? "")) return [];
  const size = firstUpdateInRates(event, history);
  if (!(size > limits.firstUpdate)) return [];
  return [
    `the first update was ${short(size)} times the learning rate, where Adam's is 1: its means seem not to be corrected for starting at 0`,
  ];
}
