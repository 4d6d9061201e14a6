import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent } from "../../../helpers/events.ts";

const drift = (norms: number[][]) =>
  aloneOf("replica-drift", [
    runEvent({ worldSize: 4 }),
    ...norms.map((weightNorm, i) => ({
      kind: "ranks" as const,
      step: i + 1,
      seconds: weightNorm.map(() => 1),
      weightNorm,
    })),
  ]);
const straggler = (seconds: (step: number) => number[]) =>
  aloneOf("straggler-rank", [
    runEvent({ worldSize: 4 }),
    ...Array.from({ length: 20 }, (_, i) => ({
      kind: "ranks" as const,
      step: i + 1,
      seconds: seconds(i),
      weightNorm: [1, 1, 1, 1],
    })),
  ]);

describe("replica-drift", () => {
  it("S2-28: fires at the second measurement of weights that part, and names the rank", () => {
    const finding = drift([
      [10, 10, 10, 10.0001],
      [10, 10, 10, 10.0002],
    ]);
    expect(finding).toMatchObject({ severity: "error", firstStep: 1, lastStep: 2 });
    expect(finding?.message).toContain("rank 3");
  });

  it("S2-28: is silent on the rounding of sums in another order, and on one measurement", () => {
    expect(drift(Array.from({ length: 9 }, () => [10, 10, 10 * (1 + 1e-7), 10]))).toBeUndefined();
    expect(
      drift([
        [10, 10, 10, 11],
        [10, 10, 10, 10],
      ]),
    ).toBeUndefined();
  });
});

describe("straggler-rank", () => {
  it("S2-28: fires on a rank that takes twice as long as the others", () => {
    const finding = straggler(() => [1, 1.1, 2, 0.9]);
    expect(finding).toMatchObject({ severity: "warning", firstStep: 9 });
    expect(finding?.message).toContain("rank 2");
  });

  it("is silent on single slow steps of changing ranks, and at a factor of 1.4", () => {
    expect(straggler((i) => [0, 1, 2, 3].map((rank) => (i % 4 === rank ? 5 : 1)))).toBeUndefined();
    expect(straggler(() => [1, 1, 1.4, 1])).toBeUndefined();
  });
});
