/** The lessons' learning-rate schedules. */
import { learningRateAt, type Schedule } from "../../recipe/schedules/index.ts";
import type { Figure } from "./figure.ts";

/** Updates an epoch in lesson 002's example. */
const UPDATES = 781;

/** The rate of the first update of an epoch. */
function rateAt(schedule: Schedule, base: number, epoch: number, epochs: number): number {
  return learningRateAt(schedule, base, {
    epoch,
    next: epoch + 1 / UPDATES,
    epochs,
    validation: [],
  });
}

/** Mean rate of the updates of an epoch. */
function meanRate(schedule: Schedule, base: number, epoch: number, epochs: number): number {
  const each = Array.from({ length: UPDATES }, (_, update) =>
    rateAt(schedule, base, epoch + update / UPDATES, epochs),
  );
  return each.reduce((a, b) => a + b) / UPDATES;
}

export function scheduleFigures(): Figure[] {
  return [...lesson000(), ...lesson001(), ...lesson003()];
}

function lesson000(): Figure[] {
  const step: Schedule = { type: "step", factor: 0.1, every: 30 };
  const exponential: Schedule = { type: "exponential", factor: 0.95 };
  return [
    {
      at: "000:76",
      what: "step decay at epochs 0, 29, 30, 59, 60, 90",
      run: true,
      lesson: "0.1000, 0.1000, 0.0100, 0.0100, 0.0010, 0.0001",
      ours: [0, 29, 30, 59, 60, 90].map((epoch) => rateAt(step, 0.1, epoch, 100)),
    },
    {
      at: "000:80",
      what: "exponential decay at epochs 0, 10, 50, 100",
      run: true,
      lesson: "0.1000000, 0.0598737, 0.00769450, 0.000592053",
      ours: [0, 10, 50, 100].map((epoch) => rateAt(exponential, 0.1, epoch, 100)),
    },
    ...warmup000(),
  ];
}

/** Its warm-up counts the cosine from epoch 0, and over 100 epochs whatever the length of the run. */
function warmup000(): Figure[] {
  const schedule: Schedule = { type: "warmupCosine", warmupEpochs: 5 };
  const at = (epoch: number) => rateAt(schedule, 0.1, epoch, 100);
  const figure = (what: string, lesson: string, ours: number[]) =>
    ({ at: "000:88", what: `warm-up and cosine: ${what}`, run: true, lesson, ours }) as const;
  return [
    {
      ...figure("throughout epoch 0", "0.00", [meanRate(schedule, 0.1, 0, 100)]),
      at: "000:86",
      wrong: { right: "0.01", reason: "A whole epoch at a rate of 0 is wasted." },
    },
    { ...figure("at epochs 1 and 4", "0.02, 0.08", [at(1), at(4)]), at: "000:86" },
    {
      ...figure("after the warm-up, epoch 5", "0.0994", [at(5)]),
      wrong: {
        right: "0.1000",
        reason:
          "The cosine is counted from epoch 0 and not from the warm-up's end: 0.1 is never reached.",
      },
    },
    {
      ...figure("at epoch 50", "0.0500", [at(50)]),
      wrong: {
        right: "0.0541",
        reason: "The cosine is counted from epoch 0 and not from the warm-up's end.",
      },
    },
    figure("at epoch 100", "0.0000", [at(100)]),
    {
      ...figure("at epochs 150 and 200", "0.0500, 0.1000", [at(150), at(200)]),
      wrong: {
        right: "0.0000, 0.0000",
        reason: "The printed rate climbs again after epoch 100, back to 0.1 at epoch 200.",
      },
    },
  ];
}

/** Its printed table of three schedules, and the rates of its full recipe. */
function lesson001(): Figure[] {
  const base = 0.001;
  const minLearningRate = 1e-6;
  const schedules: Schedule[] = [
    { type: "step", factor: 0.5, every: 30 },
    { type: "cosine", minLearningRate },
    { type: "warmupCosine", warmupEpochs: 10, minLearningRate },
  ];
  const printed: [number, string][] = [
    [0, "0.001000  0.001000  0.000000"],
    [5, "0.001000  0.000994  0.000500"],
    [10, "0.001000  0.000976  0.001000"],
    [20, "0.001000  0.000905  0.000970"],
    [30, "0.000500  0.000794  0.000883"],
    [50, "0.000500  0.000501  0.000587"],
    [70, "0.000250  0.000207  0.000251"],
    [90, "0.000125  0.000025  0.000031"],
    [99, "0.000125  0.000001  0.000001"],
  ];
  return [
    ...printed.map(
      ([epoch, lesson]): Figure => ({
        at: "001:253",
        what: `epoch ${epoch}: step, cosine, warm-up and cosine`,
        run: true,
        lesson,
        ours: schedules.map((schedule) => rateAt(schedule, base, epoch, 100)),
      }),
    ),
    {
      at: "001:383",
      what: "full recipe, epochs 0, 40, 80 of 200",
      run: true,
      lesson: "0.000000, 0.000940, 0.000701",
      ours: [0, 40, 80].map((epoch) => rateAt(schedules[2]!, base, epoch, 200)),
    },
    {
      at: "001:238",
      what: "warm-up and cosine: throughout epoch 0",
      run: true,
      lesson: "0.000000",
      ours: [meanRate(schedules[2]!, base, 0, 100)],
      wrong: { right: "0.000050", reason: "A whole epoch at a rate of 0 is wasted." },
    },
  ];
}

/** Its table of formulas and its diagram, in shares of the peak. */
function lesson003(): Figure[] {
  const warm: Schedule = { type: "warmupCosine", warmupEpochs: 5 };
  const shares = [0, 50, 100].map((epoch) => rateAt({ type: "cosine" }, 1, epoch, 100));
  return [
    {
      at: "003:180",
      what: "cosine at 0, T/2 and T, in shares of η₀",
      run: true,
      lesson: "1.00, 0.50, 0.00",
      ours: shares,
    },
    {
      at: "003:188",
      what: "warm-up, then cosine: at the start, the warm-up's end, the middle and the end",
      lesson: "0.00, 1.00, 0.50, 0.00",
      ours: [0, 5, 52.5, 100].map((epoch) => rateAt(warm, 1, epoch, 100)),
    },
  ];
}
