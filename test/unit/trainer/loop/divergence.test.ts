import { expect, it } from "vitest";
import { DivergenceWatch } from "../../../../trainer/loop/divergence.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";

const weights = (square: number) => [Object.assign(new Squares(), { weights: square })];
const fine = weights(1);

it("gives up after three bad losses in a row, and names the first", () => {
  const watch = new DivergenceWatch();
  expect(watch.check(1, Number.NaN, fine)).toBeNull();
  expect(watch.check(2, Number.NaN, fine)).toBeNull();
  expect(watch.check(3, 1, fine)).toBeNull();
  expect(watch.check(4, Number.NaN, fine)).toBeNull();
  expect(watch.check(5, Number.POSITIVE_INFINITY, fine)).toBeNull();
  expect(watch.check(6, Number.NaN, fine)).toMatch(/^The loss became NaN at step 4: /);
});

it("gives up at once when a weight is not finite", () => {
  expect(new DivergenceWatch().check(7, Number.NaN, weights(Number.NaN))).toMatch(
    /^The loss became NaN at step 7: /,
  );
  expect(new DivergenceWatch().check(7, 1, weights(Number.POSITIVE_INFINITY))).toMatch(
    /^A weight became infinite at step 7: /,
  );
  expect(new DivergenceWatch().check(7, Number.POSITIVE_INFINITY, weights(Number.NaN))).toMatch(
    /^The loss became infinite at step 7: /,
  );
});
