import { describe, expect, it } from "vitest";
import { dataEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent, stepEvent } from "../../../helpers/events.ts";

const found = (longestRun: number, expectedRun: number, overrides = {}) =>
  findingOf("unshuffled-data", [
    runEvent({ shuffle: false, ...overrides }),
    dataEvent({ order: { longestRun, expectedRun } }),
  ]);

/** @param loss of each step from 0; an epoch has 64 */
const course = (loss: (step: number) => number, epochs: number, run = {}) =>
  findingOf("unshuffled-data", [
    runEvent({ shuffle: false, stepsPerEpoch: 64, ...run }),
    ...Array.from({ length: epochs }, (_, e) => [
      ...Array.from({ length: 64 }, (_, i) =>
        stepEvent({ step: 64 * e + i + 1, loss: loss(64 * e + i) }),
      ),
      epochEvent(e + 1, { loss: 1 }, null),
    ]).flat(),
  ]);

describe("unshuffled-data", () => {
  it("S4-07: sorted labels fire, shuffled ones do not", () => {
    // 1,000 rows of ten classes: log₁₀(1000 · 0.9) = 2.95.
    expect(found(100, 2.95)).toMatchObject({ severity: "warning", firstStep: 0 });
    expect(found(4, 2.95)).toBeUndefined();
    expect(found(100, 2.95, { shuffle: true })).toBeUndefined();
  });

  it("S4-07: sees a saw-tooth with the classes' period where the order is not told, after four epochs", () => {
    // Four classes follow each other in an epoch of 64 steps: the loss jumps, and falls while one lasts.
    const toothed = (step: number) => 1 + (1 - (step % 16) / 16) * 0.9;
    const finding = course(toothed, 5);
    expect(finding).toMatchObject({ severity: "info", state: "open" });
    expect(finding?.evidence[0]?.value).toBeCloseTo(1, 2);
    expect(course(toothed, 3)).toBeUndefined();
    expect(course(toothed, 5, { shuffle: true })).toBeUndefined();
    // As flat as batches in a fixed random order.
    expect(course((step) => 1 + (toothed(step) - 1) / 10, 5)).toBeUndefined();
  });

  it("is silent on noise, and on a loss that falls", () => {
    let state = 7;
    const noise = () => {
      state = (state * 48271) % 2147483647;
      return 1 + state / 2147483647;
    };
    expect(course(noise, 8)).toBeUndefined();
    expect(course((step) => 2.3 * Math.exp(-step / 40), 8)).toBeUndefined();
  });

  it("S4-07: begins above three times what chance makes", () => {
    expect(found(9, 3)).toBeUndefined();
    expect(found(10, 3)?.severity).toBe("info");
  });

  it("says nothing where all examples make one batch", () => {
    expect(found(500, 3, { batchSize: 1000 })).toBeUndefined();
  });

  it("is a note where every batch still mixes the classes", () => {
    expect(found(60, 3, { batchSize: 32 })?.severity).toBe("info");
    expect(found(64, 3, { batchSize: 32 })?.severity).toBe("warning");
  });
});
