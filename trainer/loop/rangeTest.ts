/** The learning-rate range test (Smith 2015, "Cyclical Learning Rates for Training Neural Networks"). */
import { takeSteps } from "./takeSteps.ts";
import { batchesOf, type Training } from "./train.ts";

/** Rates and number of steps, smoothing and stop as PyTorch Lightning and fastai have them. */
const FIRST = 1e-8;
const LAST = 10;
const STEPS = 100;
const SMOOTHING = 0.98;
const WORSE = 4;

/**
 * Writes steps whose learning rate grows from 1e-8 to 10 by the same factor each, over 100 steps or as many as the training
 * may make at most; ends where the smoothed loss is four times its best, or no number. The recipe's schedule does not apply.
 */
export function rangeTest(training: Training): Promise<void> {
  const { recipe, data, streams, maxSteps } = training;
  const steps = Number.isFinite(maxSteps) ? maxSteps : STEPS;
  const batches = batchesOf(recipe, data);
  const worse = new SmoothedLoss();
  return takeSteps(training, {
    steps,
    batch: (step) => {
      const index = (step - 1) % batches.count;
      if (index === 0) batches.startEpoch(streams.of("shuffle"));
      const batch = batches.get(index, streams.of("augment"));
      return { batch, epoch: 1 + Math.floor((step - 1) / batches.count) };
    },
    learningRate: (step) => FIRST * (LAST / FIRST) ** ((step - 1) / Math.max(1, steps - 1)),
    enough: (loss) => worse.than(WORSE, loss),
  });
}

/** A running mean without the pull of its start at 0. */
class SmoothedLoss {
  #sum = 0;
  #weight = 0;
  #best = Number.POSITIVE_INFINITY;

  /** @returns whether the mean is now this many times its best, or no number */
  than(times: number, loss: number): boolean {
    this.#sum = SMOOTHING * this.#sum + (1 - SMOOTHING) * loss;
    this.#weight = SMOOTHING * this.#weight + (1 - SMOOTHING);
    const mean = this.#sum / this.#weight;
    this.#best = Math.min(this.#best, mean);
    return !(mean <= times * this.#best);
  }
}
