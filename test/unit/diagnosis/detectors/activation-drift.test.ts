import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { endEvent, runEvent, stepEvent } from "../../../helpers/events.ts";
import { initialEvent } from "../../../helpers/initial.ts";

/** Two hidden layers that start at mean 0 and deviation 1, and what the first comes to. */
const drift = (mean: number, variance: number, loss = 1, start: [number, number] = [0, 1]) => {
  const [mean0, std0] = start;
  const columns = (m: number, s: number) => ({
    activationMean: [m, mean0, 0.1],
    activationStd: [s, std0, 0.1],
  });
  return aloneOf("activation-drift", [
    runEvent({ stepsPerEpoch: 10, epochs: 10 }),
    initialEvent(columns(mean0, std0)),
    ...Array.from({ length: 99 }, (_, i) =>
      stepEvent({ step: i + 1, loss, layers: columns(mean, Math.sqrt(variance)) }),
    ),
    endEvent({ step: 99 }),
  ]);
};

describe("activation-drift", () => {
  it("S1-15: fires at a mean of 3.7 with variance 0.01, and names the layer", () => {
    const finding = drift(3.7, 0.01);
    expect(finding).toMatchObject({ severity: "info", layers: ["hidden_1"] });
    expect(finding?.message).toContain("37 deviations");
  });

  it("S1-15: fires from ten times the variance, and not at nine", () => {
    expect(drift(0, 10.5)).toBeDefined();
    expect(drift(0, 9)).toBeUndefined();
    expect(drift(0, 1 / 10.5)).toBeDefined();
  });

  it("does not take a sigmoid's mean of 0.5 for a drift: it began there", () => {
    expect(drift(0.5, 0.01, 1, [0.5, 0.12])).toBeUndefined();
  });

  it("says of a layer that gives one number for everything just that", () => {
    const message = drift(0, 0)?.message;
    expect(message).toContain("every example gives the same 0");
    expect(message).not.toMatch(/Infinity|NaN/);
  });

  it("S1-20: is silent on a deviation of 1.63 that was 0.84", () => {
    expect(drift(1.09, 1.63 ** 2, 1, [0.57, 0.84])).toBeUndefined();
  });

  it("is a warning where nothing was learned", () => {
    expect(drift(3.7, 0.01, 2.3)?.severity).toBe("warning");
  });
});
