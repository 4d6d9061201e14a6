import { expect, it } from "vitest";
import { drawByLoss, emphasized } from "../../../../trainer/data/emphasis.ts";
import { shuffle, stream } from "../../../../trainer/random.ts";

it("names the rows that take the draws, and their share", () => {
  // 200 rows: 1 % are two. Row 7 has 60 draws, row 3 has 30, and 110 others one each.
  const order = Uint32Array.from({ length: 200 }, (_, i) => (i < 60 ? 7 : i < 90 ? 3 : i));
  expect(emphasized(order)).toEqual({ share: 90 / 200, rows: [7, 3] });
});

it("says nothing of a pass that takes every row once", () => {
  const order = Uint32Array.from({ length: 50 }, (_, i) => i);
  shuffle(order, stream(1, "test"));
  expect(emphasized(order)).toBeUndefined();
});

it("S4-08: names at least 8 of 10 wrong labels among 1,000 rows whose loss stays high", () => {
  const { uniform } = stream(2, "test");
  const wrong = new Set(Array.from({ length: 10 }, (_, i) => 97 * i + 5));
  const losses = Float32Array.from({ length: 1000 }, (_, row) =>
    wrong.has(row) ? 4 + uniform() : 0.05 * uniform(),
  );
  const order = new Uint32Array(1000);
  drawByLoss(order, losses, { power: 1, cap: 1000 }, stream(3, "test"));
  const { share, rows } = emphasized(order)!;
  expect(share).toBeGreaterThan(0.5);
  expect(rows.filter((row) => wrong.has(row)).length).toBeGreaterThanOrEqual(8);
});
