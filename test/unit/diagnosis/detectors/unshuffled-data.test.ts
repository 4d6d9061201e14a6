import { describe, expect, it } from "vitest";
import { dataEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent } from "../../../helpers/events.ts";

const found = (longestRun: number, expectedRun: number, overrides = {}) =>
  findingOf("unshuffled-data", [
    runEvent({ shuffle: false, ...overrides }),
    dataEvent({ order: { longestRun, expectedRun } }),
  ]);

describe("unshuffled-data", () => {
  it("S4-07: sorted labels fire, shuffled ones do not", () => {
    // 1,000 rows of ten classes: log₁₀(1000 · 0.9) = 2.95.
    expect(found(100, 2.95)).toMatchObject({ severity: "warning", firstStep: 0 });
    expect(found(4, 2.95)).toBeUndefined();
    expect(found(100, 2.95, { shuffle: true })).toBeUndefined();
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
