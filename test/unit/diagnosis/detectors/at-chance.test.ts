import { describe, expect, it } from "vitest";
import type { TelemetryEvent } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { PER_EPOCH, troubleIn, wholeRun } from "../../../helpers/wholeRun.ts";

describe("at-chance", () => {
  it("S1-01: C = 10, a loss of 2.30 after 5 epochs of 10", () => {
    const events = wholeRun(() => 2.3).slice(0, 1 + 5 * (PER_EPOCH + 1));
    const finding = findingOf("at-chance", events);
    expect(finding).toMatchObject({ severity: "error", state: "open", firstStep: 1 });
    expect(finding?.evidence[0]?.threshold).toBeCloseTo(0.98 * Math.log(10), 5);
  });

  it("waits for a plateau to break: silent where it does at a third of the run", () => {
    const loss = (step: number) => (step < 140 ? 2.3 : 2.3 * Math.exp(-(step - 140) / 30));
    expect(troubleIn(wholeRun(loss, { epochs: 20 }))).toEqual([]);
  });

  it("judges by the entropy of the labels where classes are not balanced", () => {
    const labels = [
      { label: "a", count: 900 },
      { label: "b", count: 100 },
    ];
    const data: TelemetryEvent = {
      kind: "data",
      features: 4,
      inputs: { mean: 0, std: 1, min: -3, max: 3 },
      labels,
    };
    // −0.9 ln 0.9 − 0.1 ln 0.1
    const entropy = 0.3250829;
    const [run, ...rest] = wholeRun(() => entropy, { classes: 2 });
    expect(findingOf("at-chance", [run as TelemetryEvent, data, ...rest])).toBeDefined();
    const [again, ...learned] = wholeRun((step) => entropy * Math.exp(-step / 80), { classes: 2 });
    expect(findingOf("at-chance", [again as TelemetryEvent, data, ...learned])).toBeUndefined();
  });
});
