import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

const noisy = (cosine: (step: number) => number, loss = 1, run: Partial<RunEvent> = {}) =>
  aloneOf("noisy-gradients", [
    runEvent({ stepsPerEpoch: 20, epochs: 10, ...run }),
    ...Array.from({ length: 200 }, (_, i) =>
      stepEvent({ step: i + 1, loss, gradientCosine: cosine(i) }),
    ),
  ]);
const alternating = (i: number) => (i % 2 === 0 ? 0.22 : -0.2);

describe("noisy-gradients", () => {
  it("S0-19: notes successive gradients without anything in common, and the batch that it takes", () => {
    const finding = noisy(alternating);
    expect(finding?.severity).toBe("info");
    expect(finding?.message).toContain("3170"); // 32 (1 / 0.01 − 1) = 3168
  });

  it("is silent while the gradients agree by a tenth, and where they oppose each other", () => {
    expect(noisy(() => 0.1)).toBeUndefined();
    expect(noisy(() => -0.5)).toBeUndefined();
  });

  it("is a warning only where nothing is learned from small batches", () => {
    expect(noisy(alternating, 2.3, { batchSize: 1 })?.severity).toBe("warning");
    expect(noisy(alternating, 2.3, { batchSize: 64 })?.severity).toBe("info");
    expect(noisy(alternating, 0.01, { batchSize: 1 })?.severity).toBe("info");
  });
});
