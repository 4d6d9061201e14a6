import { expect, it } from "vitest";
import { spread } from "../../../trainer/random.ts";

it("takes one number out of each stretch, or all", () => {
  expect([...spread(5, 5)]).toEqual([0, 1, 2, 3, 4]);
  const some = spread(1000, 100);
  expect(some.map((number) => Math.floor(number / 10))).toEqual(
    Uint32Array.from({ length: 100 }, (_, i) => i),
  );
});

it("does not fall into step with what comes in turn", () => {
  const counts = [0, 0, 0, 0, 0];
  for (const number of spread(5000, 1000)) counts[number % 5]!++;
  for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(60);
});
