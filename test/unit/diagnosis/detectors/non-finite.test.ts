import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent, stepEvent } from "../../../helpers/events.ts";
import { dataEvent, initialEvent } from "../../../helpers/initial.ts";

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

  it("fires before step 1 on invalid data, with the first place, on the data's line", () => {
    const invalid = { inputs: 1, targets: 0, first: "row 67, feature 33" };
    const finding = findingOf("non-finite", [runEvent(), dataEvent({ invalid })]);
    expect(finding).toMatchObject({ severity: "error", firstStep: 0 });
    expect(finding?.message).toContain("row 67, feature 33");
    expect(finding?.anchor?.line).toBe(2);
  });

  it("fires before step 1 on a first pass that is not finite, on the layer's line", () => {
    const columns = { activationStd: [1, Number.POSITIVE_INFINITY, Number.NaN] };
    const finding = aloneOf("non-finite", [
      runEvent(),
      initialEvent(columns, { loss: Number.NaN }),
    ]);
    expect(finding).toMatchObject({ firstStep: 0, layers: ["hidden_2", "output"] });
    expect(finding?.anchor?.line).toBe(11);
  });

  it("does not need sampled columns, and takes epochs where no steps are told", () => {
    const { layers: _, ...unsampled } = stepEvent({ step: 2, loss: Number.NaN, sampled: false });
    expect(findingOf("non-finite", [runEvent(), unsampled])?.firstStep).toBe(2);
    const epochs = [
      epochEvent(1, { loss: 1 }, { loss: 1 }),
      epochEvent(2, { loss: 1 }, { loss: NaN }),
    ];
    expect(findingOf("non-finite", [runEvent(), ...epochs])?.message).toContain("validation loss");
  });

  it("does not take a gradient norm for lost that another tool never told", () => {
    const told = runEvent({ layers: [], classes: null });
    const { layers: _, ...step } = stepEvent({ step: 1, gradientNorm: Number.NaN });
    expect(findingOf("non-finite", [told, step, { ...step, step: 2 }])).toBeUndefined();
  });

  it("S2-31: takes an infinite gradient under a loss scale for a step that is skipped", () => {
    const half = { scale: 65536, zero: 0, infinite: 0.1 };
    expect(nonFinite({ step: 2, gradientNorm: Number.POSITIVE_INFINITY, half })).toBeUndefined();
  });
});
