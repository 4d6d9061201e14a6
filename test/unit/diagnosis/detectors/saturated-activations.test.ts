import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { endEvent, runEvent, stepEvent } from "../../../helpers/events.ts";
import { initialEvent, stack } from "../../../helpers/initial.ts";

const layers = stack(5, 1000, "sigmoid");
const at = (saturated: (number | null)[], columns = {}) =>
  aloneOf("saturated-activations", [runEvent({ layers }), initialEvent({ saturated, ...columns })]);

describe("saturated-activations", () => {
  it("S0-01, S4-13: fires at step 0 on all five layers of std 2, with the mean slope", () => {
    // Outputs at 0 and 1 alike: E[y (1 − y)] = 0.5 − 0.25 − 0.2416.
    const finding = at([0.942, 0.918, 0.916, 0.915, 0.917, null], {
      activationMean: [0.5, 0.5, 0.5, 0.5, 0.5, 0.1],
      activationStd: [0.4936, 0.4916, 0.4916, 0.4916, 0.4916, 0.05],
    });
    expect(finding).toMatchObject({ severity: "warning", firstStep: 0 });
    expect(finding?.layers).toHaveLength(5);
    expect(finding?.message).toContain("0.00636"); // 0.0063 … 0.0094
  });

  it("S0-03: is silent at LeCun's scale, with 5e-6 saturated", () => {
    expect(at([5e-6, 5e-6, 5e-6, 5e-6, 5e-6, null])).toBeUndefined();
  });

  it("never judges the output layer: a confident answer is healthy", () => {
    expect(at([0, 0, 0, 0, 0, 1])).toBeUndefined();
  });

  it("only notes what half of the outputs do, until nothing was learned", () => {
    expect(at([0.6, 0, 0, 0, 0, null])?.severity).toBe("info");
    const failing = Array.from({ length: 99 }, (_, i) =>
      stepEvent({
        step: i + 1,
        loss: 2.3,
        layers: { saturated: [0.6, 0, 0, 0, 0, null], activationMean: [0.5], activationStd: [0.4] },
      }),
    );
    const run = runEvent({ layers, stepsPerEpoch: 10, epochs: 10 });
    const events = [run, initialEvent({ saturated: [0.6, 0, 0, 0, 0, null] }), ...failing];
    expect(aloneOf("saturated-activations", [...events, endEvent()])?.severity).toBe("warning");
  });

  it("only notes units that came to saturate in a run that learns", () => {
    const learning = Array.from({ length: 99 }, (_, i) =>
      stepEvent({ step: i + 1, loss: 0.1, layers: { saturated: [0.9, 0, 0, 0, 0, null] } }),
    );
    const events = [runEvent({ layers, stepsPerEpoch: 10, epochs: 10 }), ...learning];
    expect(aloneOf("saturated-activations", events)?.severity).toBe("info");
  });

  it("resolves itself when the units come back", () => {
    const run = runEvent({ layers });
    const steps = Array.from({ length: 40 }, (_, i) =>
      stepEvent({ step: i + 1, layers: { saturated: [0.1, 0, 0, 0, 0, null] } }),
    );
    const events = [run, initialEvent({ saturated: [0.9, 0, 0, 0, 0, null] }), ...steps];
    expect(aloneOf("saturated-activations", events)?.state).toBe("resolved");
  });
});
