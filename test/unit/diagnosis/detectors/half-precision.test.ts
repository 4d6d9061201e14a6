import { describe, expect, it } from "vitest";
import type { Symptom } from "../../../../diagnosis/finding.ts";
import type { StepEvent } from "../../../../telemetry/events.ts";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

const half = (symptom: Symptom, steps: NonNullable<StepEvent["half"]>[]) =>
  aloneOf(symptom, [runEvent(), ...steps.map((each, i) => stepEvent({ step: i + 1, half: each }))]);
const times = (count: number, scale: number, zero: number, infinite: number) =>
  Array.from({ length: count }, () => ({ scale, zero, infinite }));

describe("half-precision-overflow", () => {
  const overflow = (steps: NonNullable<StepEvent["half"]>[]) =>
    half("half-precision-overflow", steps);

  it("S2-31: fires at once where the loss is not scaled", () => {
    expect(overflow(times(1, 1, 0, 0.01))).toMatchObject({ severity: "error", firstStep: 1 });
  });

  it("is silent while a dynamic scale is found and tried again", () => {
    const found = [...times(10, 65536, 0, 0.1), ...times(300, 64, 0, 0), ...times(1, 128, 0, 0.1)];
    expect(overflow([...found, ...times(100, 64, 0, 0)])).toBeUndefined();
  });

  it("fires where every second step is lost in spite of scaling", () => {
    const steps = Array.from({ length: 60 }, (_, i) => ({ scale: 2, zero: 0, infinite: i % 2 }));
    expect(overflow(steps)?.severity).toBe("error");
  });
});

describe("half-precision-underflow", () => {
  const underflow = (steps: NonNullable<StepEvent["half"]>[]) =>
    half("half-precision-underflow", steps);

  it("S2-31: fires where the share of zero gradients jumps", () => {
    const finding = underflow([...times(10, 1, 0, 0), ...times(5, 1, 0.3, 0)]);
    expect(finding).toMatchObject({ severity: "warning", state: "open" });
    expect(finding?.firstStep).toBeGreaterThan(5);
  });

  it("S2-31: is silent with a scale of 65,536, and on one step", () => {
    expect(underflow(times(20, 65536, 0.01, 0))).toBeUndefined();
    expect(
      underflow([...times(10, 1, 0, 0), ...times(1, 1, 0.9, 0), ...times(10, 1, 0, 0)]),
    ).toBeUndefined();
  });

  it("is an error where most of the gradient is lost, and resolves itself", () => {
    expect(underflow(times(6, 1, 0.7, 0))?.severity).toBe("error");
    expect(underflow([...times(6, 1, 0.7, 0), ...times(6, 65536, 0, 0)])?.state).toBe("resolved");
  });
});
