/** Early stopping on the lessons' made-up curves. */
import { EarlyStopping } from "../loop/earlyStopping.ts";
import type { Snapshot } from "../loop/executor.ts";
import type { Figure } from "./figure.ts";

interface Course {
  train(epoch: number): number;
  validation(epoch: number): number;
}

interface Stop {
  /** Index of the last epoch that ran, from 0. */
  last: number;
  bestEpoch: number;
  best: number;
  /** Training loss that belongs to the weights that are kept. */
  keptTrain: number;
}

/** Lets the trainer's early stopping watch the curve, with the training loss for weights as in the lesson. */
async function watch(course: Course, epochs: number, patience: number): Promise<Stop> {
  let weights: Float32Array = Float32Array.of(Number.NaN);
  const network = {
    snapshot: async (): Promise<Snapshot> => new Map([["weights", weights]]),
    restore: (snapshot: Snapshot) => {
      weights = snapshot.get("weights")!;
    },
  };
  const stopping = new EarlyStopping({ patience }, network);
  let last = -1;
  for (let stop = false; !stop && last < epochs - 1; ) {
    last++;
    weights = Float32Array.of(course.train(last));
    stop = await stopping.observe(last, course.validation(last));
  }
  stopping.restore();
  const { bestEpoch, best } = stopping.waiting;
  return { last, bestEpoch: bestEpoch!, best, keptTrain: weights[0]! };
}

export async function stoppingFigures(): Promise<Figure[]> {
  return [...(await flat()), ...(await overfitting()), ...(await fullRecipe())];
}

async function flat(): Promise<Figure[]> {
  const stop = await watch({ train: () => 1, validation: () => 1 }, 1000, 10);
  const turn = await watch({ train: () => 0, validation: (e) => Math.abs(e - 25) }, 50, 10);
  return [
    {
      at: "000:228",
      what: "patience 10, a loss that never falls again: epochs that ran of 1000",
      run: true,
      lesson: "11",
      ours: [stop.last + 1],
    },
    {
      at: "003:131",
      what: "validation loss rises after epoch 25 of 50: best epoch",
      lesson: "25",
      ours: [turn.bestEpoch],
    },
  ];
}

/** Lesson 001's curve that turns at epoch 80. */
const OVERFITTING: Course = {
  train: (epoch) => 0.8 * Math.exp(-epoch / 30) + 0.05,
  validation: (epoch) =>
    0.8 * Math.exp(-epoch / 30) + 0.05 + 0.001 * Math.max(0, epoch - 80) ** 1.3,
};

async function overfitting(): Promise<Figure[]> {
  const epochs = 200;
  const stop = await watch(OVERFITTING, epochs, 10);
  const patient = await Promise.all(
    [5, 10, 15, 20].map((patience) => watch(OVERFITTING, epochs, patience)),
  );
  const end = epochs - 1;
  const counted = "range(200) ends with epoch 199: no epoch 200 is run.";
  const figures: Figure[] = [
    {
      at: "001:295",
      what: "last epoch, and its training loss",
      lesson: "200: 0.0511",
      ours: [end, OVERFITTING.train(end)],
      wrong: { right: "199: 0.0511", reason: counted },
    },
    {
      at: "001:296",
      what: "last epoch, and its validation loss",
      lesson: "200: 0.5502",
      ours: [end, OVERFITTING.validation(end)],
      wrong: { right: "199: 0.5502", reason: counted },
    },
    {
      at: "001:297",
      what: "best epoch, and its validation loss",
      lesson: "82: 0.1045",
      ours: [stop.bestEpoch, stop.best],
    },
    {
      at: "001:298",
      what: "training loss of the weights that are kept",
      lesson: "0.1020",
      ours: [stop.keptTrain],
    },
    { at: "001:299", what: "patience 10 stops at epoch", lesson: "92", ours: [stop.last] },
    {
      at: "001:300",
      what: "epochs saved of 200",
      lesson: "108",
      ours: [epochs - (stop.last + 1)],
      wrong: { right: "107", reason: "Epochs 0 to 92 are 93 epochs that were run." },
    },
    {
      at: "001:323",
      what: "patience 5, 10, 15, 20 stops at epoch",
      lesson: "87, 92, 97, 102",
      ours: patient.map(({ last }) => last),
    },
  ];
  return figures.map((figure) => ({ ...figure, run: true }));
}

/** Lesson 001's full recipe, whose curve turns at epoch 100. */
const FULL_RECIPE: Course = {
  train: (epoch) => 0.6 * Math.exp(-epoch / 25) + 0.02,
  validation: (epoch) =>
    0.65 * Math.exp(-epoch / 25) + 0.03 + 0.0005 * Math.max(0, epoch - 100) ** 1.2,
};

async function fullRecipe(): Promise<Figure[]> {
  const epochs = 200;
  const stop = await watch(FULL_RECIPE, epochs, 15);
  const printed = ["0.6200, 0.6800", "0.1411, 0.1612", "0.0445, 0.0565"];
  const figures: Figure[] = [
    ...printed.map((lesson, i) => ({
      at: "001:383",
      what: `epoch ${40 * i}: training and validation loss`,
      lesson,
      ours: [FULL_RECIPE.train(40 * i), FULL_RECIPE.validation(40 * i)],
    })),
    { at: "001:387", what: "patience 15 stops at epoch", lesson: "115", ours: [stop.last] },
    { at: "001:388", what: "best validation loss", lesson: "0.0419", ours: [stop.best] },
    { at: "001:389", what: "best epoch", lesson: "100", ours: [stop.bestEpoch] },
    {
      at: "001:393",
      what: "epochs saved of 200",
      lesson: "85",
      ours: [epochs - (stop.last + 1)],
      wrong: { right: "84", reason: "Epochs 0 to 115 are 116 epochs that were run." },
    },
  ];
  return figures.map((figure) => ({ ...figure, run: true }));
}
