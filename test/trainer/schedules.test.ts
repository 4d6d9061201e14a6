import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusters, recipe, TrainerBench } from "../helpers/trainer.ts";

let bench: TrainerBench;
beforeAll(() => {
  bench = new TrainerBench();
  // Four updates an epoch.
  bench.write("clusters.csv", clusters(90, 4, 3));
});
afterAll(() => bench.remove());

const train = (schedule: object | undefined, overrides: Record<string, unknown> = {}) =>
  bench.train(
    bench.write(
      "net.train.json",
      recipe({
        optimizer: { type: "sgd", learningRate: 0.1, ...(schedule && { schedule }) },
        epochs: 10,
        ...overrides,
      }),
    ),
  );

type Trained = Awaited<ReturnType<typeof train>>;
const ratesOf = ({ steps }: Trained) => steps.map(({ learningRate }) => learningRate);

/** Epochs that are done before an update; each has four. */
const done = (i: number) => i / 4;

/** To the seven significant digits of an event. */
function expectRates(rates: number[], formula: (i: number) => number): void {
  expect(rates).toHaveLength(40);
  for (const [i, rate] of rates.entries()) {
    expect(Math.abs(rate - formula(i)), `update ${i + 1}`).toBeLessThan(6e-7 * formula(i));
  }
}

describe("the learning rate of each update", () => {
  it("is the base without a schedule", async () => {
    const trained = await train(undefined);
    expectRates(ratesOf(trained), () => 0.1);
    expect(trained.header!.schedule).toBeUndefined();
  });

  it("follows a step (S0-10, S1-27)", async () => {
    const trained = await train({ type: "step", factor: 0.5, every: 3 });
    expectRates(ratesOf(trained), (i) => 0.1 * 0.5 ** Math.floor(done(i) / 3));
  });

  it("follows an exponential, within the epochs as well (S0-11)", async () => {
    const trained = await train({ type: "exponential", factor: 0.95 });
    expectRates(ratesOf(trained), (i) => 0.1 * 0.95 ** done(i));
  });

  it("follows a cosine to its end (S1-28, S3-15)", async () => {
    const trained = await train({ type: "cosine", minLearningRate: 0.001 });
    const rates = ratesOf(trained);
    expectRates(rates, (i) => 0.001 + 0.0495 * (1 + Math.cos((Math.PI * done(i)) / 10)));
    expect(rates.at(-1)! / 0.001).toBeLessThan(1.2);
  });

  it("warms up from more than 0 to the base, then follows a cosine (S0-12, S1-29, S3-17)", async () => {
    const trained = await train({ type: "warmupCosine", warmupEpochs: 2 });
    const rates = ratesOf(trained);
    expectRates(rates, (i) =>
      i < 8 ? (0.1 * (i + 1)) / 8 : 0.05 * (1 + Math.cos((Math.PI * (done(i) - 2)) / 8)),
    );
    expect([rates[0], rates[7], rates[8]]).toEqual([0.0125, 0.1, 0.1]);
    // Half of the base in the middle of the cosine.
    expect(rates[24]).toBeCloseTo(0.05, 7);
    expect(rates.at(-1)).toBeLessThan(0.001);
  });

  it("is what the header planned", async () => {
    const trained = await train({ type: "warmupCosine", warmupEpochs: 2 });
    const { type, planned } = trained.header!.schedule!;
    expect(type).toBe("warmupCosine");
    const rates = ratesOf(trained);
    expect(planned).toEqual(rates.map((learningRate, i) => ({ step: i + 1, learningRate })));
  });

  it("moves the weights at that rate: nothing else but the rate changes an update's size", async () => {
    const layers = [{ type: "dense", units: 3, activation: "softmax", useBias: false }];
    const { steps } = await train({ type: "step", factor: 0.1, every: 1 }, { layers, epochs: 3 });
    for (const { learningRate, clippedNorm, layers: columns } of steps) {
      const update = columns!.updateRatio[0]! * columns!.weightNorm[0]!;
      expect(update / (learningRate * clippedNorm)).toBeCloseTo(1, 3);
    }
  });
});

describe("reduce on plateau", () => {
  it("reduces once after as many epochs without a better validation loss (S2-34)", async () => {
    // A validation loss that gets better by less than minDelta: the first epoch stays the best.
    const schedule = { type: "reduceOnPlateau", factor: 0.5, patience: 10, minDelta: 1000 };
    const trained = await train(schedule, { epochs: 14 });
    const byEpoch = [...Array(14).keys()].map((e) => ratesOf(trained).slice(4 * e, 4 * e + 4));
    // Epoch 1 is the best, 2 to 11 are ten without a better one.
    for (const rates of byEpoch.slice(0, 11)) expect(rates).toEqual([0.1, 0.1, 0.1, 0.1]);
    for (const rates of byEpoch.slice(11)) expect(rates).toEqual([0.05, 0.05, 0.05, 0.05]);
    expect(trained.header!.schedule).toEqual({ type: "reduceOnPlateau", planned: [] });
  });

  it("leaves the rate while the validation loss falls", async () => {
    const trained = await train({ type: "reduceOnPlateau", patience: 1, minDelta: 0 });
    const losses = trained.epochs.slice(1).map(({ validation }) => validation!["loss"]!);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expectRates(ratesOf(trained), () => 0.1);
  });
});
