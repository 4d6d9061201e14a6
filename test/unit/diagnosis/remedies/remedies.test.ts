import { describe, expect, it } from "vitest";
import type { Observation } from "../../../../diagnosis/detector.ts";
import { DETECTORS } from "../../../../diagnosis/detectors/index.ts";
import type { Symptom } from "../../../../diagnosis/finding.ts";
import { History } from "../../../../diagnosis/history.ts";
import { offerRemedies } from "../../../../diagnosis/remedies/offer.ts";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { epochEvent, layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";

interface Case {
  run?: Partial<RunEvent>;
  ratio?: number;
  weightNorm?: number[];
  /** Validation loss of each epoch. */
  losses?: number[];
  evidence?: Partial<Observation["evidence"][number]>[];
}

function offers(
  symptom: Symptom,
  { run = {}, ratio = 0.001, weightNorm, evidence = [], losses = [0.9, 0.3, 0.5, 0.7] }: Case = {},
) {
  const history = new History();
  history.push(runEvent(run));
  for (let step = 1; step <= 50; step++) {
    const updateRatio = [ratio, ratio / 2, ratio / 4];
    history.push(stepEvent({ step, layers: { updateRatio, ...(weightNorm && { weightNorm }) } }));
  }
  losses.forEach((loss, i) => {
    history.push(epochEvent(i + 1, { loss: 0.1 }, { loss }));
  });
  const observation = { layers: ["hidden_1"], evidence } as unknown as Observation;
  const remedies = DETECTORS.find((detector) => detector.symptom === symptom)?.remedies ?? [];
  return Object.fromEntries(offerRemedies(remedies, observation, history).map((r) => [r.id, r]));
}

const optimizer = (name: string, learningRate: number) => ({
  optimizer: { name, learningRate, settings: {} },
});

describe("lower learning rate", () => {
  it.each([
    // [optimizer, rate, largest early update ratio, proposed]: the largest update to bring to 1 % a step
    ["adam", 0.1, 0.5, 0.002],
    ["adam", 0.1, 50, 0.001], // not below the usual start of Adam in one go
    ["adam", 0.001, 0.2, 0.00005], // at the usual start already: the evidence decides
    ["sgd", 1, 0.3, 0.02],
    ["adam", 0.01, 0.001, 0.001], // no evidence in the updates: a tenth
    ["sgd", 0.5, 0.012, 0.1], // at least a third
  ])("%s at %d with updates of %d goes to %d", (name, rate, ratio, proposed) => {
    const { "lower-learning-rate": offer } = offers("exploding-gradients", {
      run: optimizer(name, rate),
      ratio,
    });
    expect(offer?.value).toBe(proposed);
    expect(offer?.title).toContain(`from ${rate} to ${proposed}`);
  });
});

describe("He initialisation", () => {
  it("is offered first where weights start far from He's scale, for the layers with ReLU only", () => {
    const { "he-initialization": offer } = offers("exploding-gradients", {
      weightNorm: [64, 64, 25],
    });
    expect(offer).toMatchObject({ preferred: true, layers: ["hidden_1", "hidden_2"] });
    expect(offer?.title).toContain("0.177 instead of 1"); // √(2 / 64), lesson 001
  });

  it("is not offered where weights start as He has them", () => {
    expect(offers("exploding-gradients")).not.toHaveProperty("he-initialization");
  });
});

describe("the others", () => {
  it("clips to the lesson's norm, and not twice", () => {
    expect(
      offers("exploding-gradients", { evidence: [{ metric: "gradientNorm", value: 900 }] })[
        "clip-by-norm"
      ],
    ).toMatchObject({
      value: 1,
      title: "Clip the gradient to norm 1.0 (it reached 900)",
    });
    const run = { optimizer: { name: "sgd", learningRate: 0.1, settings: { clipNorm: 1 } } };
    expect(offers("exploding-gradients", { run })).not.toHaveProperty("clip-by-norm");
  });

  it("puts dropout behind hidden blocks, never before the loss, stronger for a larger gap", () => {
    expect(offers("overfitting-gap")["dropout"]).toMatchObject({
      value: 0.3,
      layers: ["hidden_1", "hidden_2"],
    });
    const evidence = [{ metric: "validation.accuracy", value: 0.24 }];
    expect(offers("overfitting-gap", { evidence })["dropout"]).toMatchObject({ value: 0.5 });
    const layers = [...runEvent().layers, layerInfo("dropout_1", { type: "dropout" })];
    expect(offers("overfitting-gap", { run: { layers } })).not.toHaveProperty("dropout");
  });

  it("names the best epoch for early stopping", () => {
    expect(offers("validation-rising")["early-stopping"]?.title).toContain(
      "epoch 2 of 50 was best",
    );
  });

  it("goes back to the best epoch first where the validation loss is far above it", () => {
    expect(offers("overfitting-gap")["early-stopping"]?.preferred).toBe(true); // 0.7 after 0.3
    expect(offers("overfitting-gap")["dropout"]?.preferred).toBe(false);
  });

  it("does not stop early a run that is at its best", () => {
    expect(offers("overfitting-gap", { losses: [0.9, 0.5] })).not.toHaveProperty("early-stopping");
  });

  it("offers leaky ReLU for the sick layers only", () => {
    expect(offers("dead-relu")["leaky-relu"]?.layers).toEqual(["hidden_1"]);
  });
});
