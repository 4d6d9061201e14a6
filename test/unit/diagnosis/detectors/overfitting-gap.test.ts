import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { endEvent, epochEvent, runEvent } from "../../../helpers/events.ts";

type Figures = { loss: number; accuracy?: number };
const gap = (train: Figures, validation: Figures, epochs = 5, run = runEvent()) =>
  findingOf("overfitting-gap", [
    run,
    ...Array.from({ length: epochs }, (_, i) => epochEvent(i + 1, train, validation)),
  ]);

describe("overfitting-gap", () => {
  it("S1-22: fires at 99 % against 75 %, naming the points and the largest layer", () => {
    const finding = gap({ loss: 0.05, accuracy: 0.99 }, { loss: 0.9, accuracy: 0.75 });
    expect(finding).toMatchObject({ severity: "error", layers: ["hidden_1"] });
    expect(finding?.evidence[0]?.text).toContain("24 points");
  });

  it("S0-21, S2-15, S2-20, S2-21: fires at a loss of 0.01 against 2.50 and is silent at 0.15 against 0.18", () => {
    expect(gap({ loss: 0.01 }, { loss: 2.5 })).toMatchObject({ severity: "error" });
    expect(gap({ loss: 0.15 }, { loss: 0.18 })).toBeUndefined();
  });

  it("S0-21, S0-26, S2-19: offers dropout, decay, augmented pictures and early stopping", () => {
    const pictures = runEvent({ inputShape: [28, 28, 1], augmented: false });
    const offered = (run = pictures) =>
      gap({ loss: 0.01 }, { loss: 2.5 }, 5, run)?.remedies.map(({ id }) => id);
    expect(offered()).toEqual(["dropout", "weight-decay", "augment", "early-stopping"]);
    expect(offered({ ...pictures, augmented: true })).not.toContain("augment");
    const earlyStopping = { patience: 10, minDelta: 0, restoreBestWeights: false };
    expect(offered({ ...pictures, earlyStopping })).toContain("restore-best-weights");
  });

  it("is silent for a converged healthy net: 0.001 against 0.12, 100 % against 97 %", () => {
    expect(gap({ loss: 0.001, accuracy: 1 }, { loss: 0.12, accuracy: 0.97 }, 50)).toBeUndefined();
  });

  it("is silent while nothing is learned, however bad the validation loss (dying units)", () => {
    expect(gap({ loss: 2, accuracy: 0.32 }, { loss: 6, accuracy: 0.35 })).toBeUndefined();
  });

  it("takes the median of the gaps, not the gap of medians from different epochs", () => {
    const accuracies: [number, number][] = [
      [0.7, 0.85],
      [0.64, 0.41],
      [0.32, 0.35],
    ];
    const epochs = accuracies.map(([train, validation], i) =>
      epochEvent(i + 1, { loss: 1, accuracy: train }, { loss: 1, accuracy: validation }),
    );
    expect(findingOf("overfitting-gap", [runEvent(), ...epochs])).toBeUndefined();
  });

  it("needs more than one bad epoch", () => {
    expect(gap({ loss: 0.05, accuracy: 0.99 }, { loss: 0.9, accuracy: 0.75 }, 2)).toBeUndefined();
  });

  it("asks for more than chance makes of 30 validation examples", () => {
    const small = runEvent({ examples: { train: 100, validation: 30, test: 30 } });
    const train = { loss: 0.1, accuracy: 0.98 };
    expect(gap(train, { loss: 0.5, accuracy: 0.84 }, 5, small)).toBeUndefined();
    expect(gap(train, { loss: 0.5, accuracy: 0.84 })).toBeDefined();
  });

  it("resolves itself when the gap closes", () => {
    const events = [runEvent()];
    const all = [...Array(5).fill([0.99, 0.75]), ...Array(5).fill([0.9, 0.88])].map(([a, b], i) =>
      epochEvent(i + 1, { loss: 0.3, accuracy: a }, { loss: 0.4, accuracy: b }),
    );
    expect(findingOf("overfitting-gap", [...events, ...all])?.state).toBe("resolved");
  });

  it("judges the weights that early stopping kept, not the last epoch's", () => {
    const epochs = Array.from({ length: 5 }, (_, i) =>
      epochEvent(i + 1, { loss: 0.01, accuracy: 1 }, { loss: 2.5, accuracy: 0.95 }),
    );
    const end = (validationLoss: number) =>
      endEvent({
        bestEpoch: 1,
        train: { loss: 0.1, accuracy: 0.97 },
        validation: { loss: validationLoss, accuracy: 0.95 },
      });
    expect(findingOf("overfitting-gap", [runEvent(), ...epochs, end(0.3)])?.state).toBe("resolved");
    expect(findingOf("overfitting-gap", [runEvent(), ...epochs, end(2.4)])?.state).toBe("open");
  });

  it("says nothing without validation data", () => {
    const events = [runEvent(), ...[1, 2, 3, 4].map((e) => epochEvent(e, { loss: 0 }, null))];
    expect(findingOf("overfitting-gap", events)).toBeUndefined();
  });
});
