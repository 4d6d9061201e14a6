/** The examples come sorted by class, so that whole batches pull the network towards one class. */
import { defineDetector } from "../detector.ts";
import { short } from "../format.ts";
import { shuffle } from "../remedies/shuffle.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";

/** From here on at least one batch holds a single class, wherever the batches begin. */
const BATCHES_OF_ONE_CLASS = 2;

export const unshuffledData = defineDetector({
  symptom: "unshuffled-data",
  lesson: "Lesson 004, trick 1: shuffle the examples (LeCun et al. 1998)",
  needs: ["data.order"],
  wants: ["run.shuffle"],
  starts: "before the first update, from the order of the classes",
  thresholds: {
    run: {
      value: 3,
      what: "times the longest sequence of one class that chance makes",
      source: "Lesson 004 (S4-07); Schilling 1990",
    },
  },
  remedies: [shuffle],
  on: ["data"],
  create(limits) {
    return (event, { run }) => {
      if (event.kind !== "data" || !event.order || run?.shuffle) return undefined;
      const { longestRun, expectedRun } = event.order;
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
    };
  },
});
