import { describe, expect, it } from "vitest";
import { expectedOverfitting } from "../../../../diagnosis/theory/dataSize.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

const found = (train: number, parameters = 1000) =>
  findingOf("too-little-data", [
    runEvent({
      examples: { train, validation: 0, test: 0 },
      layers: [layerInfo("dense", { parameters })],
    }),
  ]);

describe("too-little-data", () => {
  it("S0-25: names the overfitting that 100 to 100,000 examples let expect", () => {
    expect([100, 1000, 10_000, 100_000].map(expectedOverfitting)).toEqual([
      "severe",
      "moderate",
      "mild",
      "minimal",
    ]);
  });

  it("S0-25: notes fewer than 1,000 examples", () => {
    expect(found(100)).toMatchObject({ severity: "info", firstStep: 0 });
    expect(found(100)?.message).toContain("severe overfitting");
    expect(found(999)?.message).toContain("moderate overfitting");
    expect(found(1000)).toBeUndefined();
  });

  it("S0-26, S2-19: says where few pictures are not augmented", () => {
    const of = (train: number, augmented: boolean, inputShape = [28, 28, 1]) =>
      findingOf("too-little-data", [
        runEvent({ examples: { train, validation: 100, test: 0 }, augmented, inputShape }),
      ])?.message;
    expect(of(500, false)).toContain("the pictures are not augmented");
    expect(of(500, true)).not.toContain("augmented");
    expect(of(500, false, [20])).not.toContain("augmented");
    expect(of(5000, false)).toBeUndefined();
  });

  it("S3-29: notes more than 100 parameters an example", () => {
    expect(found(5000, 500_000)).toBeUndefined();
    expect(found(5000, 500_001 + 5000)?.severity).toBe("info");
  });

  it("does not take rows that were not told for none", () => {
    expect(found(0)).toBeUndefined();
  });
});
