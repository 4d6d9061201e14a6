import { describe, expect, it } from "vitest";
import { dataEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent } from "../../../helpers/events.ts";

const found = (
  repeated: { train?: number; validation?: number; test?: number },
  examples = { train: 700, validation: 300, test: 100 },
) =>
  findingOf("data-leak", [
    runEvent({ examples }),
    dataEvent({ repeated: { train: 0, validation: 0, test: 0, ...repeated } }),
  ]);

describe("data-leak", () => {
  it("S0-27: warns of validation rows that are training rows, above 1 %", () => {
    expect(found({ validation: 3 })).toBeUndefined();
    const finding = found({ validation: 90 });
    expect(finding).toMatchObject({ severity: "warning", firstStep: 0 });
    expect(finding?.message).toContain("90 of 300 validation rows (30 %)");
  });

  it("S0-27: warns of test rows, too", () => {
    expect(found({ test: 2 })?.message).toContain("2 of 100 test rows");
  });

  it("is a note where rows repeat within training as often: data with few values", () => {
    expect(found({ train: 210, validation: 90 })?.severity).toBe("info");
  });

  it("is a note for XOR, whose four rows are all there are; not for a large set used twice", () => {
    expect(found({ validation: 4 }, { train: 4, validation: 4, test: 0 })?.severity).toBe("info");
    const twice = { train: 1000, validation: 1000, test: 0 };
    expect(found({ validation: 1000 }, twice)?.severity).toBe("warning");
  });
});
