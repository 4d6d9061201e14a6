/**
 * A learning rate that takes a course nobody wants: up again after its minimum, zero for an epoch, a warm-up that takes
 * too long, none at all where one is called for. From the plan where there is one, else from the rates of the steps.
 */
import { defineDetector, type Observation } from "../detector.ts";
import type { Evidence } from "../finding.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { correctSchedule } from "../remedies/correct-schedule.ts";
import { warmupCosine } from "../remedies/warmup-cosine.ts";
import { Gradients } from "../theory/earlyGradients.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";
import {
  highestPossible,
  idleEpoch,
  type Point,
  risesAgain,
  warmupShare,
} from "../theory/planned.ts";

/** Rounding, and the sampling of a plan, stay below. */
const SHORT_OF_PEAK = 0.998;
/** Loss over chance: below, nothing is left that a schedule could still gain; … */
const LEARNED = 0.1;
/** … above, nothing was learned at all, and no schedule is the reason. */
const NOT_BEGUN = 0.9;
/** Of chance: a fall by less over the last third of the training is none. */
const FLAT = 0.01;

interface Remark {
  text: string;
  /** Left out for good practice, which explains no trouble. */
  evidence?: Evidence;
}

export const scheduleShape = defineDetector({
  symptom: "schedule-shape",
  lesson:
    "Lesson 000, warm-up then cosine as printed (S0-12); lesson 001, warm-up of 5 to 10 % (Goyal et al. 2017; Loshchilov and Hutter 2017)",
  needs: ["run.optimizer.learningRate"],
  wants: ["step.learningRate", "step.gradientNorm"],
  starts: "before the first update from the plan; else from the first rise, or at the end",
  thresholds: {
    warmup: {
      value: 0.1,
      what: "share of the training that warms up",
      source: "Lesson 001 (S1-30)",
    },
    early: {
      value: 3,
      what: "largest gradient norm, in the first 5 % of the steps, times that before the first update",
      source: "Lessons 001 and 003 (S1-29, S3-16); factor: ours, as far as a healthy scale drifts",
    },
  },
  remedies: [correctSchedule, warmupCosine],
  on: ["run", "step", "epoch", "end"],
  create(limits) {
    const taken: Point[] = [];
    const gradients = new Gradients();
    return (event, history) => {
      if (event.kind === "step") {
        gradients.push(event);
        const { step, learningRate } = event;
        if (taken.length === 0) taken.push({ step, learningRate });
        return undefined;
      }
      if (event.kind === "epoch" && history.lastStep) {
        const { step, learningRate } = history.lastStep;
        if (step > (taken.at(-1)?.step ?? 0)) taken.push({ step, learningRate });
      }
      const plan = history.run?.schedule?.planned ?? [];
      const remarks = [
        ...courseOf(plan.length > 0 ? plan : taken, plan.length > 0, history, limits.warmup),
        ...(event.kind === "end" ? afterwards(taken, gradients, history, limits.early) : []),
      ];
      return remarks.length > 0 ? observe(remarks, history) : undefined;
    };
  },
});

function courseOf(
  points: readonly Point[],
  planned: boolean,
  { run }: History,
  longest: number,
): Remark[] {
  const remarks: Remark[] = [];
  const rise = risesAgain(points);
  if (rise) remarks.push(riseOf(rise));
  if (!planned || !run) return remarks;
  const { stepsPerEpoch = 1, optimizer, epochs } = run;
  const idle = idleEpoch(points, stepsPerEpoch);
  if (idle !== undefined && points.some(({ learningRate }) => learningRate > 0)) {
    remarks.push({ text: `it is 0 throughout epoch ${idle}, which learns nothing` });
  }
  const warmup = warmupShare(points, stepsPerEpoch * epochs);
  if (warmup > longest + 1e-9) {
    remarks.push({
      text: `its warm-up takes ${percent(warmup)} of the training, where 5 to 10 % are usual`,
    });
  }
  const highest = highestPossible(points);
  if (highest < SHORT_OF_PEAK * optimizer.learningRate) {
    remarks.push({
      text: `it reaches ${short(highest)} at most and never the ${short(optimizer.learningRate)} that is set`,
    });
  }
  return remarks;
}

function riseOf({ low, high }: { low: Point; high: Point }): Remark {
  const text = `it rises again, from ${short(low.learningRate)} at step ${low.step} to ${short(high.learningRate)} at step ${high.step}`;
  const span = { firstStep: low.step, lastStep: high.step };
  const numbers = { value: high.learningRate, threshold: low.learningRate };
  return { text, evidence: { metric: "learningRate", layer: null, ...span, ...numbers, text } };
}

/** What only the whole training shows. */
function afterwards(
  taken: readonly Point[],
  gradients: Gradients,
  history: History,
  early: number,
): Remark[] {
  const { run } = history;
  const first = taken[0]?.learningRate ?? Number.NaN;
  const constant = taken.length > 2 && taken.every(({ learningRate }) => learningRate === first);
  if (
    !constant ||
    !(history.unlearned < NOT_BEGUN) ||
    (run?.schedule && run.schedule.type !== "constant")
  )
    return [];
  const excess = gradients.earlyExcess;
  return [
    ...(flattened(history)
      ? [
          {
            text: `it stayed at ${short(first)} while the loss stopped falling: a schedule may go on`,
          },
        ]
      : []),
    ...(excess >= early
      ? [
          {
            text: `the first updates made the gradients ${short(excess)} times as large, and more than ever after: a warm-up takes them with care`,
          },
        ]
      : []),
  ];
}

function flattened(history: History): boolean {
  const { blocks } = history.trend;
  const third = Math.floor(blocks.length / 3);
  const before = blocks.at(-third - 1)?.loss ?? Number.NaN;
  if (third < 3 || !(history.unlearned > LEARNED)) return false;
  return before - history.trend.recent() < FLAT * history.chanceLoss;
}

function observe(remarks: readonly Remark[], { run }: History): Observation {
  const evidence = remarks.flatMap((remark) => (remark.evidence ? [remark.evidence] : []));
  const rise = evidence[0];
  return {
    ...fromTheStart({
      message: `The learning rate takes an odd course: ${remarks.map(({ text }) => text).join("; ")}.`,
      evidence,
      anchor: run?.anchors.optimizer ?? null,
    }),
    ...(rise && { firstStep: rise.firstStep, lastStep: rise.lastStep }),
  };
}
