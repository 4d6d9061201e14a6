import { describe, expect, it } from "vitest";
import type { TelemetryEvent } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

describe("loss-oscillation", () => {
  /** Gradient descent on f = (x² + 25 y²) / 2 from (1, 1). */
  function ravine(rate: number): TelemetryEvent[] {
    const events: TelemetryEvent[] = [
      runEvent({ classes: null, loss: "meanSquaredError", stepsPerEpoch: 1, epochs: 40 }),
    ];
    let [x, y] = [1, 1];
    let before: [number, number] | undefined;
    for (let step = 1; step <= 12; step++) {
      const g: [number, number] = [x, 25 * y];
      const cosine =
        before &&
        (g[0] * before[0] + g[1] * before[1]) / (Math.hypot(...g) * Math.hypot(...before));
      events.push(
        stepEvent({
          step,
          loss: 0.5 * (x * x + 25 * y * y),
          learningRate: rate,
          gradientNorm: Math.hypot(...g),
          ...(cosine !== undefined && { gradientCosine: cosine }),
        }),
      );
      before = g;
      [x, y] = [x - rate * g[0], y - rate * g[1]];
    }
    return events;
  }

  it("S0-14: in the ravine at 0.07 the gradient turns at every step", () => {
    expect(findingOf("loss-oscillation", ravine(0.07))?.evidence[0]?.value).toBeLessThan(-0.3);
    expect(findingOf("loss-oscillation", ravine(0.01))).toBeUndefined();
  });
});
