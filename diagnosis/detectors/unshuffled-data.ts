/**
 * The examples come sorted by class, so that whole batches pull the network towards one class: seen in the order of the
 * labels, or in a loss that takes the same course in every epoch.
 */
import type { DataEvent } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { shuffle } from "../remedies/shuffle.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { type Course, SawTooth } from "../theory/sawTooth.ts";

/** From here on at least one batch holds a single class, wherever the batches begin. */
const BATCHES_OF_ONE_CLASS = 2;

const THRESHOLDS = {
  run: {
    value: 3,
    what: "times the longest sequence of one class that chance makes",
    source: "Lesson 004 (S4-07); Schilling 1990",
  },
  correlation: {
    value: 0.7,
    what: "correlation between the courses of the loss in successive epochs, four in a row",
    source: "Lesson 004 (S4-07); ours: noise of 32 parts of an epoch stays below 0.5",
  },
  swing: {
    value: 0.1,
    what: "standard deviation of the loss within an epoch, as a share of the loss of knowing nothing",
    source: "Ours: batches in a fixed random order differ by less",
  },
} as const satisfies Thresholds;

export const unshuffledData = defineDetector({
  symptom: "unshuffled-data",
  lesson: "Lesson 004, trick 1: shuffle the examples (LeCun et al. 1998)",
  needs: ["data.order | run.stepsPerEpoch"],
  wants: ["data.order", "run.shuffle"],
  starts: "before the first update, from the order of the classes; else after four epochs",
  thresholds: THRESHOLDS,
  remedies: [shuffle],
  on: ["data", "step", "epoch"],
  create(limits) {
    const course = new SawTooth();
    let found = false;
    return (event, history) => {
      const { run } = history;
      if (run?.shuffle || found) return undefined;
      if (event.kind === "data") {
        const sorted = ofOrder(event, history, limits);
        found = sorted !== undefined;
        return sorted;
      }
      const steps = run?.stepsPerEpoch ?? 0;
      if (event.kind === "step" && steps > 0) {
        course.push(((event.step - 1) % steps) / steps, event.loss);
      }
      if (event.kind !== "epoch" || event.epoch === 0) return undefined;
      const seen = course.close();
      const swings = seen && seen.swing >= limits.swing * history.chanceLoss;
      if (!swings || seen.correlation < limits.correlation) return undefined;
      found = true;
      return ofCourse(seen, history, limits);
    };
  },
});

function ofOrder(
  { order }: DataEvent,
  { run }: History,
  limits: { run: number },
): Observation | undefined {
  if (!order) return undefined;
  const { longestRun, expectedRun } = order;
  const batch = run?.batchSize ?? 0;
  // One batch of everything has no order.
  if (batch > 0 && batch >= run!.examples.train) return undefined;
  if (!(longestRun > limits.run * expectedRun)) return undefined;
  const batches = longestRun >= BATCHES_OF_ONE_CLASS * batch;
  const text = `${longestRun} examples of one class follow each other, where chance makes about ${short(expectedRun)}`;
  return fromTheStart({
    severity: batches && batch > 0 ? "warning" : "info",
    message: `The examples are not shuffled: ${text}${batches ? `, and a batch holds ${batch}` : ""}.`,
    evidence: [figure("data.order.longestRun", longestRun, limits.run * expectedRun, text)],
    anchor: run?.anchors.data ?? null,
  });
}

function ofCourse(
  { correlation, swing }: Course,
  { run, lastStep }: History,
  limits: Limits<typeof THRESHOLDS>,
): Observation {
  const text = `the loss takes the same course in every epoch (correlation ${short(correlation)}, swings of ${short(swing)})`;
  const span = { firstStep: 1, lastStep: lastStep?.step ?? 1 };
  return {
    severity: "info",
    ...span,
    layers: [],
    message: `The examples seem to come in the same order each time, one kind after the other: ${text}.`,
    evidence: [
      {
        metric: "loss",
        layer: null,
        ...span,
        value: correlation,
        threshold: limits.correlation,
        text,
      },
    ],
    anchor: run?.anchors.data ?? null,
  };
}
