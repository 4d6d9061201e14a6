import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { aloneOf } from "../../../helpers/alone.ts";
import { epochEvent, layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";

/** LeCun's norm of 64 units is 8; 20 steps an epoch. */
const growing = (
  norm: (step: number) => number,
  validation: number[],
  { loss = 0.3, ...run }: Partial<Omit<RunEvent, "loss">> & { loss?: number } = {},
) =>
  aloneOf("weights-growing", [
    runEvent(run),
    ...validation.flatMap((value, epoch) => [
      ...Array.from({ length: 20 }, (_, i) => {
        const step = 20 * epoch + i + 1;
        return stepEvent({ step, loss, layers: { weightNorm: [norm(step), 8, 3] } });
      }),
      epochEvent(epoch + 1, { loss }, { loss: value }),
    ]),
  ]);
const rising = [1, 0.8, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.1, 1.2, 1.3];
const falling = rising.toReversed();

describe("weights-growing", () => {
  it("S0-22: notes twice the first norm while the validation loss rises and nothing decays", () => {
    const finding = growing((step) => 8 + step / 10, rising);
    expect(finding).toMatchObject({ severity: "info", layers: ["hidden_1"] });
    expect(finding?.remedies.map(({ id }) => id)).toContain("weight-decay");
  });

  it("S0-22: is silent with decay, below twice, or while the validation loss falls", () => {
    const decayed = [layerInfo("a", { l2: 0.001 }), layerInfo("b"), layerInfo("c")];
    expect(growing((step) => 8 + step / 10, rising, { layers: decayed })).toBeUndefined();
    expect(growing((step) => 8 + step / 100, rising)).toBeUndefined();
    expect(growing((step) => 8 + step / 10, falling)).toBeUndefined();
  });

  it("is silent on weights that start at zero and grow to a usual size", () => {
    expect(growing((step) => Math.min(8, step / 4), rising)).toBeUndefined();
  });

  it("is an error where the norm doubles window after window and nothing is learned", () => {
    const finding = growing((step) => 8 * 1.12 ** step, [...rising, ...rising], { loss: 5 });
    expect(finding?.severity).toBe("error");
  });
});
