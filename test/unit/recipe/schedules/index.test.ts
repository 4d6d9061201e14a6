import { describe, expect, it } from "vitest";
import { learningRateAt, type Schedule } from "../../../../recipe/schedules/index.ts";

/** At a whole or broken epoch, as the lessons' formulas count. */
const at = (schedule: Schedule | undefined, base: number, epoch: number, epochs = 100) =>
  learningRateAt(schedule, base, { epoch, next: epoch, epochs, validation: [] });

/** The rate of each update of a run, as the loop asks for them. */
const course = (schedule: Schedule, base: number, epochs: number, stepsPerEpoch: number) =>
  Array.from({ length: epochs * stepsPerEpoch }, (_, done) =>
    learningRateAt(schedule, base, {
      epoch: done / stepsPerEpoch,
      next: (done + 1) / stepsPerEpoch,
      epochs,
      validation: [],
    }),
  );

/** Equal to the digits that a lesson prints. */
function expectPrinted(rate: number, printed: string): void {
  const digits = printed.split(".")[1]!.length;
  expect(rate.toFixed(digits)).toBe(printed);
}

const tenth: Schedule = { type: "step", factor: 0.1, every: 30 };
const half: Schedule = { type: "step", factor: 0.5, every: 30 };
const exponential: Schedule = { type: "exponential", factor: 0.95 };
const cosine: Schedule = { type: "cosine", minLearningRate: 1e-6 };
const warm5: Schedule = { type: "warmupCosine", warmupEpochs: 5 };
const warm10: Schedule = { type: "warmupCosine", warmupEpochs: 10 };

const TABLES: [row: string, Schedule, base: number, [epoch: number, printed: string][]][] = [
  [
    "S0-10, a tenth every 30 epochs",
    tenth,
    0.1,
    [
      [0, "0.1000"],
      [29, "0.1000"],
      [30, "0.0100"],
      [59, "0.0100"],
      [60, "0.0010"],
      [90, "0.0001"],
    ],
  ],
  [
    "S0-11, 0.95 an epoch",
    exponential,
    0.1,
    [
      [10, "0.0598737"],
      [50, "0.00769450"],
      [100, "0.000592053"],
    ],
  ],
  [
    "S0-12, five epochs of warm-up, then a cosine over those that are left",
    warm5,
    0.1,
    [
      [4, "0.08"],
      [5, "0.1000000"],
      [50, "0.0541290"],
      [100, "0.0000000"],
    ],
  ],
  [
    "S1-27, half every 30 epochs",
    half,
    0.001,
    [
      [0, "0.001000"],
      [20, "0.001000"],
      [30, "0.000500"],
      [50, "0.000500"],
      [70, "0.000250"],
      [90, "0.000125"],
      [99, "0.000125"],
    ],
  ],
  [
    "S1-28, a cosine down to 1e-6",
    cosine,
    0.001,
    [
      [5, "0.000994"],
      [10, "0.000976"],
      [20, "0.000905"],
      [30, "0.000794"],
      [50, "0.000501"],
      [70, "0.000207"],
      [90, "0.000025"],
      [99, "0.000001"],
    ],
  ],
  [
    "S1-29, ten epochs of warm-up",
    { ...warm10, minLearningRate: 1e-6 },
    0.001,
    [
      [5, "0.000500"],
      [10, "0.001000"],
      [20, "0.000970"],
      [30, "0.000883"],
      [50, "0.000587"],
      [70, "0.000251"],
      [90, "0.000031"],
      [99, "0.000001"],
    ],
  ],
];

describe.each(TABLES)("%s", (_row, schedule, base, rates) => {
  it.each(rates)("epoch %d: %s", (epoch, printed) => {
    expectPrinted(at(schedule, base, epoch), printed);
  });
});

it("has the formula of the lessons within an epoch as well (S3-15)", () => {
  const eta = 0.3;
  for (const t of [0, 12.5, 50, 81.25]) {
    expect(at({ type: "cosine" }, eta, t)).toBeCloseTo(
      (eta / 2) * (1 + Math.cos((Math.PI * t) / 100)),
      14,
    );
    expect(at(exponential, eta, t)).toBeCloseTo(eta * Math.exp(t * Math.log(0.95)), 14);
    expect(at(tenth, eta, t)).toBeCloseTo(eta / 10 ** Math.floor(t / 30), 14);
  }
  expect(at({ type: "cosine" }, eta, 0)).toBe(eta);
  expect(at({ type: "cosine" }, eta, 50)).toBeCloseTo(eta / 2, 14);
  expect(at({ type: "cosine" }, eta, 100)).toBe(0);
});

it("is the base without a schedule, and with a constant one", () => {
  for (const epoch of [0, 1.5, 99]) {
    expect(at(undefined, 0.01, epoch)).toBe(0.01);
    expect(at({ type: "constant" }, 0.01, epoch)).toBe(0.01);
  }
});

describe("warm-up, then cosine", () => {
  const stepsPerEpoch = 8;
  const rates = course(warm10, 0.001, 100, stepsPerEpoch);
  const peak = 10 * stepsPerEpoch;

  it("does something at the very first update, unlike the lessons' forms (S0-12, S1-29)", () => {
    expect(rates[0]).toBeCloseTo(0.001 / peak, 12);
    expect(Math.min(...rates)).toBeGreaterThan(0);
  });

  it("rises in a straight line, and reaches the base at the end of the warm-up (S3-17)", () => {
    for (let i = 0; i < peak; i++) expect(rates[i]).toBeCloseTo((0.001 * (i + 1)) / peak, 12);
    expect(rates[peak - 1]).toBe(0.001);
    expect(rates[peak]).toBe(0.001);
    expect(Math.max(...rates)).toBe(0.001);
  });

  it("is at half the base in the middle of the cosine, and near 0 at the end (S3-17)", () => {
    expect(at(warm10, 0.001, 55)).toBe(0.0005);
    expect(rates.at(-1)).toBeLessThan(1e-8);
  });

  it("never climbs again, not even after epoch 100, as lesson 000's does (S0-12)", () => {
    for (const epochs of [20, 100, 300]) {
      const falling = course(warm10, 0.1, epochs, 4).slice(40);
      for (const [i, rate] of falling.entries())
        expect(rate).toBeLessThanOrEqual(falling[i - 1] ?? 0.1);
      expect(falling.at(-1)).toBeLessThan(0.002);
    }
    // More epochs than planned, as a resumed run may have.
    expect(at(warm5, 0.1, 150)).toBe(0);
    expect(at(warm5, 0.1, 200)).toBe(0);
  });

  it("takes a warm-up of a part of an epoch", () => {
    const quick = course({ type: "warmupCosine", warmupEpochs: 0.5 }, 1, 10, 4);
    expect(quick.slice(0, 3)).toEqual([0.5, 1, 1]);
  });
});

describe("reduce on plateau", () => {
  const schedule: Schedule = { type: "reduceOnPlateau", factor: 0.5, patience: 10 };
  const rateAfter = (validation: number[], settings: Partial<Schedule> = {}) =>
    learningRateAt({ ...schedule, ...settings } as Schedule, 0.1, {
      epoch: validation.length,
      next: validation.length,
      epochs: 100,
      validation,
    });
  const flat = (epochs: number) => Array<number>(epochs).fill(1);

  it("reduces once after 10 epochs that are not better than the best (S2-34)", () => {
    expect(rateAfter([])).toBe(0.1);
    expect(rateAfter([1, ...flat(9)])).toBe(0.1);
    expect(rateAfter([1, ...flat(10)])).toBe(0.05);
    expect(rateAfter([1, ...flat(19)])).toBe(0.05);
    expect(rateAfter([1, ...flat(20)])).toBe(0.025);
  });

  it("waits anew after each better epoch, and better means by more than minDelta", () => {
    expect(rateAfter([1, ...flat(9), 0.9, ...flat(9)])).toBe(0.1);
    expect(rateAfter([1, ...flat(9), 0.9, ...flat(10)])).toBe(0.05);
    const creeping = Array.from({ length: 11 }, (_, i) => 1 - i * 0.009);
    expect(rateAfter(creeping, { minDelta: 0.1 })).toBe(0.05);
    expect(rateAfter(creeping, { minDelta: 0 })).toBe(0.1);
  });

  it("stops at minLearningRate, and never takes NaN for better", () => {
    expect(rateAfter(flat(100), { minLearningRate: 0.02 })).toBe(0.02);
    expect(rateAfter([1, ...Array<number>(10).fill(Number.NaN)])).toBe(0.05);
  });
});
