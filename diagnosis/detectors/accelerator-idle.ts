/** A faster device is there and idle. */
import { defineDetector } from "../detector.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";

export const acceleratorIdle = defineDetector({
  symptom: "accelerator-idle",
  lesson: "Lesson 002, GPUs train 10 to 100 times as fast (S2-26)",
  needs: ["run.idleAccelerator"],
  starts: "before the first update",
  thresholds: {},
  // The device is chosen where the run is started, not in its source.
  remedies: [],
  on: ["run"],
  create() {
    return (event) => {
      if (event.kind !== "run" || !event.idleAccelerator) return undefined;
      return fromTheStart({
        message: `The run computes on ${event.device || event.backend}, and a faster device is idle: ${event.idleAccelerator.replace(/\.$/, "")}.`,
        anchor: event.anchors.fit,
      });
    };
  },
});
