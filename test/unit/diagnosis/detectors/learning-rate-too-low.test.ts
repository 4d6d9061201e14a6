import { describe, expect, it } from "vitest";
import { diagnose } from "../../../helpers/diagnose.ts";
import { endEvent, epochEvent, runEvent, stepEvent } from "../../../helpers/events.ts";
import { troubleIn } from "../../../helpers/wholeRun.ts";

describe("learning-rate-too-low", () => {
  const run = runEvent({ stepsPerEpoch: 20, epochs: 10 });
  const creeping = (ratio: number, loss: (step: number) => number, count = 200) =>
    Array.from({ length: count }, (_, i) =>
      stepEvent({
        step: i + 1,
        loss: loss(i + 1),
        layers: { updateRatio: [ratio, ratio, ratio] },
      }),
    ).flatMap((step, i) =>
      (i + 1) % 20 === 0
        ? [step, { ...epochEvent((i + 1) / 20, { loss: step.loss }, null), step: i + 1 }]
        : [step],
    );

  it("speaks at a quarter of the run where updates cannot move the weights", () => {
    const events = [run, ...creeping(1e-7, () => 2.36, 60)];
    const finding = diagnose(events).find(({ symptom }) => symptom === "learning-rate-too-low");
    expect(finding).toMatchObject({ severity: "error", firstStep: 1 });
    expect(finding?.detectedStep).toBe(60);
  });

  it("is silent over small updates that learn", () => {
    const events = [run, ...creeping(3e-4, (step) => 2.3 * Math.exp(-step / 60)), endEvent()];
    expect(troubleIn(events)).toEqual([]);
  });

  it("is silent over a converged run with tiny updates", () => {
    const events = [run, ...creeping(1e-7, () => 0.01), endEvent()];
    expect(troubleIn(events)).toEqual([]);
  });
});
