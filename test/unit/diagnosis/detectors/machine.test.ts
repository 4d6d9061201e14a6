import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent, stepEvent } from "../../../helpers/events.ts";

describe("accelerator-idle", () => {
  it("S2-26: notes a faster device that is not used", () => {
    const found = (idleAccelerator?: string) =>
      findingOf("accelerator-idle", [runEvent({ ...(idleAccelerator && { idleAccelerator }) })]);
    expect(found("a GPU with 16 GB")).toMatchObject({ severity: "info", firstStep: 0 });
    expect(found("a GPU with 16 GB")?.message).toContain("a GPU with 16 GB");
    expect(found()).toBeUndefined();
  });
});

describe("input-bound", () => {
  /** Steps of the given length, of which a share is spent waiting. */
  const found = (waited: (i: number) => number, length = 1, steps = 40) =>
    findingOf("input-bound", [
      runEvent(),
      ...Array.from({ length: steps }, (_, i) =>
        stepEvent({ step: i + 1, seconds: (i + 1) * length, waited: waited(i) }),
      ),
      epochEvent(1, { loss: 1 }, null),
    ]);

  it("fires where the median step waits for more than half of its time", () => {
    expect(found(() => 0.4)).toBeUndefined();
    expect(found(() => 0.6)?.severity).toBe("info");
    expect(found((i) => (i % 2 === 0 ? 0.9 : 0))).toBeUndefined();
  });

  it("warns once it has cost a minute", () => {
    // 39 of 40 steps have a beginning: 39 · 1.8 s.
    expect(found(() => 1.8, 2)?.severity).toBe("warning");
  });

  it("says nothing of a few steps, or where waiting is not measured", () => {
    expect(found(() => 0.9, 1, 10)).toBeUndefined();
    expect(findingOf("input-bound", [runEvent(), stepEvent({ step: 1 })])).toBeUndefined();
  });
});
