import { expect, it } from "vitest";
import { foldScore } from "../../../../recipe/data/folds.ts";

it("S0-28: prints mean and population deviation; the sample deviation would print 0.057", () => {
  expect(foldScore([0.9, 0.8, 0.85, 0.95, 0.9])).toBe("0.880 ± 0.051");
});

it("has no deviation with one score", () => {
  expect(foldScore([0.5])).toBe("0.500 ± 0.000");
});
