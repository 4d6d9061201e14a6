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

  it("S3-11: at batch size 64 the variance of a gradient is a 64th, and the noise scale is the same", () => {
    let state = 5;
    const normal = () => {
      let sum = 0;
      for (let i = 0; i < 12; i++) {
        state = (state * 48271) % 2147483647;
        sum += state / 2147483647;
      }
      return sum - 6;
    };
    // Each example's gradient is a direction of length 0.6 and noise of deviation 1 in each of 64 dimensions.
    const gradient = (size: number, dimensions = 64) =>
      Array.from({ length: dimensions }, () => {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += normal();
        return 0.6 / 8 + sum / size;
      });
    const variance = (size: number) => {
      const all = Array.from({ length: 400 }, () => gradient(size, 1)[0]! - 0.6 / 8);
      return all.reduce((sum, g) => sum + g * g, 0) / 400;
    };
    const ratio = variance(1) / variance(64);
    expect(ratio).toBeGreaterThan(64 * 0.8);
    expect(ratio).toBeLessThan(64 * 1.2);
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    const cosines = Array.from({ length: 200 }, () => {
      const [a, b] = [gradient(4), gradient(4)];
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    });
    const message = noisy((i) => cosines[i]!, 1, { batchSize: 4 })?.message ?? "";
    const told = Number(/batches of about ([\d.]+)/.exec(message)?.[1]);
    // The noise scale is 64 / 0.6² = 178.
    expect(told).toBeGreaterThan(178 / 2);
    expect(told).toBeLessThan(178 * 2);
  });

  it("is a warning only where nothing is learned from small batches", () => {
    expect(noisy(alternating, 2.3, { batchSize: 1 })?.severity).toBe("warning");
    expect(noisy(alternating, 2.3, { batchSize: 64 })?.severity).toBe("info");
    expect(noisy(alternating, 0.01, { batchSize: 1 })?.severity).toBe("info");
  });
});
