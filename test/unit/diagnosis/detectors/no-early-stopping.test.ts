import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent } from "../../../helpers/events.ts";

const found = (earlyStopping: RunEvent["earlyStopping"], overrides: Partial<RunEvent> = {}) =>
  findingOf("no-early-stopping", [runEvent({ epochs: 1000, earlyStopping, ...overrides })]);
const stopping = (patience: number, restoreBestWeights = true) =>
  found({ patience, minDelta: 0, restoreBestWeights });

describe("no-early-stopping", () => {
  it("S0-23: notes 1,000 epochs without, and is silent for a patience of 10", () => {
    expect(found(null)).toMatchObject({ severity: "info", firstStep: 0 });
    expect(stopping(10)).toBeUndefined();
  });

  it("S1-34: notes that the last weights are kept instead of the best", () => {
    expect(stopping(10, false)?.remedies[0]?.id).toBe("restore-best-weights");
  });

  it("S1-35: a patience of 5 to 20 is usual", () => {
    expect([5, 15, 20].map((patience) => stopping(patience))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(stopping(4)?.message).toContain("patience of 4");
    expect(stopping(21)?.message).toContain("patience of 21");
  });

  it("says nothing where there is nothing to stop, or nothing to stop by", () => {
    expect(found(null, { epochs: 10 })).toBeUndefined();
    expect(found(null, { examples: { train: 100, validation: 0, test: 0 } })).toBeUndefined();
  });
});
