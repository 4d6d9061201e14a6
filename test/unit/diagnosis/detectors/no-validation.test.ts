import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent } from "../../../helpers/events.ts";

const found = (train: number, validation: number, fold?: { index: number; of: number }) =>
  findingOf("no-validation", [
    runEvent({ examples: { train, validation, test: 0 }, ...(fold && { fold }) }),
  ]);

describe("no-validation", () => {
  it("S0-27: notes a run without validation rows", () => {
    expect(found(700, 0)).toMatchObject({ severity: "info", firstStep: 0 });
    expect(found(700, 150)).toBeUndefined();
  });

  it("S0-28: notes fewer than 100 of them, unless every row has its turn in k folds", () => {
    // √(0.25 / 25) = 0.1
    expect(found(700, 25)?.message).toContain("± 10 points");
    expect(found(700, 100)).toBeUndefined();
    expect(found(80, 20, { index: 1, of: 5 })).toBeUndefined();
  });

  it("does not take rows that were not told for none", () => {
    expect(found(0, 0)).toBeUndefined();
  });
});
