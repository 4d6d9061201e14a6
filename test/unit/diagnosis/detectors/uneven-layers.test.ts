import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

const uneven = (updateRatio: number[]) =>
  aloneOf("uneven-layers", [
    runEvent(),
    ...Array.from({ length: 30 }, (_, i) => stepEvent({ step: i + 1, layers: { updateRatio } })),
  ]);

describe("uneven-layers", () => {
  it("S4-09: notes update ratios more than 100 times apart, and names both layers", () => {
    const finding = uneven([1e-5, 1e-3, 2e-3]);
    expect(finding).toMatchObject({ severity: "info", layers: ["hidden_1", "output"] });
    expect(finding?.evidence[0]?.value).toBeCloseTo(200, 6);
  });

  it("S4-09: is silent at a factor of 50, and on layers that do not move at all", () => {
    expect(uneven([2e-5, 1e-3, 1e-3])).toBeUndefined();
    expect(uneven([0, 1e-3, 1e-3])).toBeUndefined();
  });
});
