import { describe, expect, it } from "vitest";
import { varianceInflation, wrongLabelShare } from "../../../../diagnosis/theory/labels.ts";
import type { DataEvent, EpochEvent, RunEvent } from "../../../../telemetry/events.ts";
import { classTargets, dataEvent, quantities } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, layerInfo, runEvent } from "../../../helpers/events.ts";

const RUN = { examples: { train: 700, validation: 300, test: 0 } };
const found = (data: Partial<DataEvent>, run: Partial<RunEvent> = RUN, epochs: EpochEvent[] = []) =>
  findingOf("bad-labels", [runEvent({ ...RUN, ...run }), dataEvent(data), ...epochs]);

describe("bad-labels: neighbours", () => {
  const neighbours = (train: number, validation: number | null) => ({
    targets: classTargets(10),
    neighbours: { train, validation, chance: 0.1, rows: 500 },
  });

  it("estimates the share of wrong labels from what training agrees less", () => {
    // Labels redrawn over ten classes with 0.6: of what validation agrees beyond chance, 0.4 is left in training.
    const right = 0.4;
    const validation = 0.1 + 0.85 * right;
    const train = 0.1 + 0.85 * right ** 2;
    expect(wrongLabelShare({ train, validation, chance: 0.1, rows: 500 })).toBeCloseTo(0.6, 12);
  });

  it("warns before the first update where training contradicts itself and validation does not", () => {
    const finding = found(neighbours(0.21, 0.39));
    expect(finding).toMatchObject({ severity: "warning", firstStep: 0 });
    expect(finding?.message).toContain("62 % of the training labels are wrong");
  });

  it("says nothing of hard data, whose neighbours disagree in both", () => {
    expect(found(neighbours(0.3, 0.33))).toBeUndefined();
    expect(found(neighbours(0.1, 0.1))).toBeUndefined();
  });

  it("says nothing of 10 % of wrong labels, with which networks learn well", () => {
    expect(found(neighbours(0.1 + 0.85 * 0.81, 0.1 + 0.85 * 0.9))).toBeUndefined();
  });

  it("says nothing without validation, or where its rows are training rows, as XOR's are", () => {
    expect(found(neighbours(0.2, null))).toBeUndefined();
    const repeated = { train: 0, validation: 4, test: 0 };
    const xor = { ...neighbours(0, 1), repeated };
    expect(found(xor, { examples: { train: 4, validation: 4, test: 0 } })).toBeUndefined();
  });
});

/** Figures of normal values of which the given share is `factor` times as far out. */
function mixture(share: number, factor: number) {
  const variance = 1 - share + share * factor ** 2;
  const deviation = Math.sqrt(2 / Math.PI) * (1 - share) + share * factor;
  return { variance, deviation, outliers: share };
}

describe("bad-labels: outliers", () => {
  it("solves for how much the outliers add to the variance", () => {
    expect(varianceInflation(mixture(0.02, 500))).toBeCloseTo(0.98 + 0.02 * 500 ** 2, 3);
    expect(varianceInflation({ variance: 1, deviation: 0.8, outliers: 0 })).toBe(1);
  });

  const wild = (targets: ReturnType<typeof mixture>, loss = "meanSquaredError") =>
    found({ labels: [], targets: quantities(targets) }, { loss, classes: null });

  it("warns where a few targets are all of a squared error, and notes it of an absolute one", () => {
    expect(wild(mixture(0.02, 500))?.severity).toBe("warning");
    expect(wild(mixture(0.02, 500), "meanAbsoluteError")?.severity).toBe("info");
  });

  it("says nothing of healthy heavy tails", () => {
    // A log-normal with σ = 1: variance e (e − 1), mean distance from the median 1.05, 1 % beyond 10 deviations.
    const variance = Math.E * (Math.E - 1);
    expect(wild({ variance, deviation: 1.05, outliers: 0.01 })).toBeUndefined();
    expect(wild(mixture(0.0009, 100))).toBeUndefined();
  });
});

describe("bad-labels: emphasis", () => {
  const drawn = (share: number, rows: number[]): EpochEvent => ({
    ...epochEvent(3, { loss: 1 }, null),
    emphasized: { share, rows },
  });

  it("S4-08: names the rows that hold more than half of the draws", () => {
    const rows = [3, 141, 592];
    const finding = found({}, RUN, [drawn(0.6, rows)]);
    expect(finding?.severity).toBe("warning");
    for (const row of rows) expect(finding?.message).toContain(String(row));
    expect(found({}, RUN, [drawn(0.5, rows)])).toBeUndefined();
  });
});

describe("bad-labels: validation ahead of training", () => {
  const epochs = (train: number, validation: number, count = 5) =>
    Array.from({ length: count }, (_, i) =>
      epochEvent(i + 1, { loss: 1, accuracy: train }, { loss: 0.5, accuracy: validation }),
    );

  it("warns after five epochs of a lead of more than three standard errors", () => {
    expect(found({}, RUN, epochs(0.45, 0.8))?.severity).toBe("warning");
    expect(found({}, RUN, epochs(0.45, 0.8, 4))).toBeUndefined();
    expect(found({}, RUN, epochs(0.75, 0.8))).toBeUndefined();
  });

  it("says nothing where dropout or augmentation disturbs training alone", () => {
    const layers = [layerInfo("dense"), layerInfo("dropout", { type: "dropout", rate: 0.5 })];
    expect(found({}, { layers }, epochs(0.45, 0.8))).toBeUndefined();
    expect(found({}, { augmented: true }, epochs(0.45, 0.8))).toBeUndefined();
  });

  it("says nothing where training figures lag behind because it learns fast", () => {
    const rising = [0.1, 0.3, 0.5, 0.7, 0.8].map((accuracy, i) =>
      epochEvent(i + 1, { loss: 1, accuracy }, { loss: 0.5, accuracy: accuracy + 0.15 }),
    );
    expect(found({}, RUN, rising)).toBeUndefined();
  });
});
