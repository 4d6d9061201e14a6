import { describe, expect, it } from "vitest";
import { learningRateAt } from "../../../../recipe/schedules/index.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent } from "../../../helpers/events.ts";
import { wholeRun } from "../../../helpers/wholeRun.ts";

/** @param rate of each epoch, from 0; one step an epoch */
function planned(rate: (epoch: number) => number, epochs: number, base: number) {
  const points = Array.from({ length: epochs }, (_, epoch) => ({
    step: epoch + 1,
    learningRate: rate(epoch),
  }));
  const run = runEvent({
    epochs,
    stepsPerEpoch: 1,
    optimizer: { name: "sgd", learningRate: base, settings: { momentum: 0.9 } },
    schedule: { type: "custom", planned: points },
  });
  return findingOf("schedule-shape", [run]);
}

const cosine = (share: number) => 0.5 * (1 + Math.cos(Math.PI * share));
/** Lesson 000 as printed: the phase is not measured from the end of the warm-up. */
const printed = (epoch: number) => (epoch < 5 ? (0.1 * epoch) / 5 : 0.1 * cosine(epoch / 100));
const warmed = (epoch: number, warmup: number, epochs: number) =>
  epoch < warmup
    ? (0.1 * (epoch + 1)) / warmup
    : 0.1 * cosine((epoch - warmup + 1) / (epochs - warmup));

describe("schedule-shape", () => {
  it("S0-12: the printed schedule over 200 epochs rises again, and begins with 0", () => {
    const finding = planned(printed, 200, 0.1);
    expect(finding?.severity).toBe("info");
    expect(finding?.message).toMatch(/rises again/);
    // Epoch 100 is the 101st step; the rate is 0 there and 0.1 at the end.
    expect(finding?.evidence[0]).toMatchObject({ firstStep: 101, threshold: 0 });
    expect(finding?.message).toMatch(/0 throughout epoch 1\b/);
  });

  it("S0-12: over its own 100 epochs it does not rise again, and reaches 0.0994 at most", () => {
    const message = planned(printed, 100, 0.1)?.message;
    expect(message).not.toContain("rises again");
    expect(message).toContain("0.0994 at most and never the 0.1");
  });

  it("S0-12: says nothing of the corrected schedule", () => {
    expect(planned((epoch) => warmed(epoch, 5, 100), 100, 0.1)).toBeUndefined();
  });

  it("S1-29: notes a first epoch at a rate of exactly 0", () => {
    const rate = (epoch: number) => (epoch < 10 ? epoch / 1e4 : 0.001 * cosine((epoch - 10) / 90));
    expect(planned(rate, 100, 0.001)?.message).toContain("0 throughout epoch 1");
  });

  it("S1-30: a warm-up of 5 to 10 of 100 epochs is silent, 30 fires", () => {
    const of = (warmup: number) => planned((epoch) => warmed(epoch, warmup, 100), 100, 0.1);
    expect(of(5)).toBeUndefined();
    expect(of(10)).toBeUndefined();
    expect(of(30)?.message).toContain("29 %");
  });

  it("says nothing of rates that only fall: steps, exponential, cosine", () => {
    expect(planned((epoch) => 0.1 * 0.1 ** Math.floor(epoch / 30), 90, 0.1)).toBeUndefined();
    expect(planned((epoch) => 0.1 * 0.95 ** epoch, 100, 0.1)).toBeUndefined();
    expect(planned((epoch) => 0.1 * cosine(epoch / 99), 100, 0.1)).toBeUndefined();
  });

  const optimizer = { name: "sgd", learningRate: 0.01, settings: {} };

  it("S0-10, S0-11, S0-13: notes a constant rate where the loss stands still with something left to learn", () => {
    const flat = (step: number) => Math.max(0.8, 2.3 - step / 30);
    const finding = findingOf("schedule-shape", wholeRun(flat, { optimizer }));
    expect(finding).toMatchObject({ severity: "info", evidence: [] });
    expect(finding?.message).toContain("loss stopped falling");
    const falling = (step: number) => 2.3 * Math.exp(-step / 100);
    expect(findingOf("schedule-shape", wholeRun(falling, { optimizer }))).toBeUndefined();
  });

  it("S1-29, S3-16: notes gradients that are largest in the first 5 % of the steps", () => {
    const falling = (step: number) => 2.3 * Math.exp(-step / 100);
    const grown = (largestAt: number) =>
      wholeRun(falling, { optimizer }).map((event) =>
        event.kind === "step" && event.step === largestAt ? { ...event, gradientNorm: 20 } : event,
      );
    // 200 steps; the others have a norm of 2.
    expect(findingOf("schedule-shape", grown(8))?.message).toContain("10 times as large");
    expect(findingOf("schedule-shape", grown(50))).toBeUndefined();
  });

  it("S0-13: with a schedule the final loss is lower than at a constant rate, on a noisy parabola", () => {
    // ½ x² with gradients x + noise of deviation 1: a constant rate r leaves x² at r / (2 − r) on average.
    const final = (type: "cosine" | "constant") => {
      let [state, sum] = [11, 0];
      const uniform = () => {
        state = (state * 48271) % 2147483647;
        return state / 2147483647;
      };
      for (let trial = 0; trial < 200; trial++) {
        let x = 5;
        for (let step = 0; step < 100; step++) {
          const at = { epoch: step, next: step + 1, epochs: 100, validation: [] };
          const noise = Math.sqrt(12) * (uniform() - 0.5);
          x -= learningRateAt({ type }, 0.3, at) * (x + noise);
        }
        sum += x * x;
      }
      return sum / 200;
    };
    expect(final("constant")).toBeCloseTo(0.3 / 1.7, 1);
    expect(final("cosine")).toBeLessThan(final("constant") / 2);
  });

  it("does not miss a schedule that the run simply does not have", () => {
    const flat = (step: number) => Math.max(0.8, 2.3 - step / 30);
    const finding = findingOf("schedule-shape", wholeRun(flat, { optimizer }));
    expect(finding?.notChecked).toEqual([]);
  });

  it("sees a rate that jumps up, where there is no plan, since the jump", () => {
    const events = wholeRun(() => 1, { optimizer }).map((event) =>
      event.kind === "step"
        ? { ...event, learningRate: event.step <= 60 ? 0.1 : event.step <= 120 ? 0.01 : 0.1 }
        : event,
    );
    expect(findingOf("schedule-shape", events)).toMatchObject({ firstStep: 80, severity: "info" });
  });
});
