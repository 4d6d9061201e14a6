import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { endEvent, runEvent } from "../../../helpers/events.ts";

const found = (testUses: number | null) =>
  findingOf("test-reuse", [runEvent(), endEvent({ testUses })]);

describe("test-reuse", () => {
  it("S0-27: the second evaluation of the test set raises it, the first does not", () => {
    expect(found(null)).toBeUndefined();
    expect(found(1)).toBeUndefined();
    expect(found(2)).toMatchObject({ severity: "info" });
    expect(found(2)?.message).toContain("2 times");
  });
});
