import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { wholeRun } from "../../../helpers/wholeRun.ts";

describe("loss-spike", () => {
  it("S3-25: one spike of 5× in a smooth curve is noted with its step", () => {
    const smooth = (step: number) => 2 * Math.exp(-step / 80) + 0.02;
    const finding = findingOf(
      "loss-spike",
      wholeRun((step) => (step === 120 ? 5 : 1) * smooth(step)),
    );
    expect(finding).toMatchObject({ severity: "info", firstStep: 120 });
    expect(findingOf("loss-spike", wholeRun(smooth))).toBeUndefined();
  });
});
