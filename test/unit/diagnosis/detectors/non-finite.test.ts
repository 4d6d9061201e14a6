import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

const nonFinite = (...last: Parameters<typeof stepEvent>[0][]) =>
  findingOf("non-finite", [runEvent(), stepEvent({ step: 1 }), ...last.map(stepEvent)]);

describe("non-finite", () => {
  it("fires at the very step", () => {
    const finding = nonFinite({ step: 2, loss: Number.NaN });
    expect(finding).toMatchObject({ severity: "error", firstStep: 2, lastStep: 2 });
    expect(finding?.message).toBe(
      "The loss became NaN at step 2, one step after a loss of 1 and a gradient norm of 2.",
    );
  });

  it("names the layers, and sees NaN weights behind a finite loss", () => {
    const finding = nonFinite({
      step: 2,
      loss: 16.118,
      layers: { weightNorm: [1, Number.NaN, 1] },
    });
    expect(finding?.layers).toEqual(["hidden_2"]);
    expect(finding?.message).toContain("A weight became NaN");
  });

  it("takes an infinite gradient as one", () => {
    expect(nonFinite({ step: 2, gradientNorm: Number.POSITIVE_INFINITY })?.message).toContain(
      "Infinity",
    );
  });

  it("does not mistake the ratio of weights that start at zero for trouble", () => {
    expect(
      nonFinite({ step: 2, layers: { updateRatio: [Number.POSITIVE_INFINITY, 0.1, 0.1] } }),
    ).toBeUndefined();
  });

  it("keeps the first step, however long it goes on", () => {
    const finding = nonFinite({ step: 2, loss: Number.NaN }, { step: 3, loss: Number.NaN });
    expect(finding?.firstStep).toBe(2);
  });
});
