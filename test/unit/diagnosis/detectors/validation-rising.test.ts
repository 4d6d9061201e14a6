import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent } from "../../../helpers/events.ts";

const rising = (
  epochs: number,
  curve: (e: number) => [number, number],
  run: Partial<RunEvent> = {},
) =>
  findingOf("validation-rising", [
    runEvent(run),
    ...Array.from({ length: epochs }, (_, e) => {
      const [train, validation] = curve(e);
      return epochEvent(e, { loss: train }, { loss: validation });
    }),
  ]);

/** Lesson 001 (S1-33): lowest in epoch 82. */
const lesson = (e: number): [number, number] => {
  const train = 0.8 * Math.exp(-e / 30) + 0.05;
  return [train, train + 0.001 * Math.max(0, e - 80) ** 1.3];
};

describe("validation-rising", () => {
  it("S1-31, S1-33, S2-15: fires on the lesson's curve, with its best epoch and loss", () => {
    const finding = rising(200, lesson, { classes: null });
    expect(finding).toMatchObject({ severity: "error", firstStep: 82 * 32 });
    expect(finding?.message).toContain("lowest in epoch 82 (0.104)");
    expect(finding?.anchor?.line).toBe(22);
    expect(finding?.remedies[0]).toMatchObject({ id: "early-stopping", value: 10 });
    expect(finding?.remedies[0]?.title).toContain("epoch 82 of 50");
  });

  it("S3-10: a loss that turns up after epoch 25 of 50 was best there; patience 10 stops at 35", () => {
    const turning = (e: number): [number, number] => [1 / (e + 1), 0.5 + 0.002 * (e - 25) ** 2];
    const finding = rising(50, turning, { classes: null, epochs: 50 });
    expect(finding?.firstStep).toBe(25 * 32);
    const [remedy] = finding?.remedies ?? [];
    expect(remedy).toMatchObject({ id: "early-stopping", value: 10 });
    expect(25 + (remedy?.value ?? 0)).toBe(35);
  });

  it("is silent while the curve still falls", () => {
    expect(rising(85, lesson, { classes: null })).toBeUndefined();
  });

  it("is silent for a converged net that creeps up by less than 5 % of what there was to learn", () => {
    expect(rising(300, (e) => [0.5 ** e, e === 0 ? 2.3 : 0.12 + 0.0002 * e])).toBeUndefined();
  });

  it("is silent on noise around a plateau", () => {
    expect(rising(300, (e) => [0.1, 0.5 + 0.08 * Math.sin(e * 1.7)])).toBeUndefined();
  });

  it("is silent where early stopping restores the best weights anyway", () => {
    const earlyStopping = { patience: 30, minDelta: 0, restoreBestWeights: true };
    expect(rising(200, lesson, { classes: null, earlyStopping })).toBeUndefined();
  });

  it("is silent when both losses rise: that is not overfitting", () => {
    expect(rising(100, (e) => [0.1 + e / 100, 0.1 + e / 100], { classes: null })).toBeUndefined();
  });
});
