import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { troubleIn, wholeRun } from "../../../helpers/wholeRun.ts";

describe("plateau", () => {
  it("stands still with most of it left to learn", () => {
    const finding = findingOf(
      "plateau",
      wholeRun((step) => Math.max(2, 2.3 - step * 0.006)),
    );
    expect(finding).toMatchObject({ severity: "warning" });
  });

  it("is silent over a converged run, and over one at the noise of a hard task", () => {
    expect(troubleIn(wholeRun((step) => 0.01 + 2 * Math.exp(-step / 20)))).toEqual([]);
    expect(
      troubleIn(
        wholeRun((step) => 0.4 + 0.3 * Math.exp(-step / 20), {
          classes: 2,
          loss: "binaryCrossentropy",
        }),
      ),
    ).toEqual([]);
  });
});
