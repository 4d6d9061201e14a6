/** Lesson 003's decision table (S3-01): each of its seven failures raises its own symptom first. */
import { describe, expect, it } from "vitest";
import type { Symptom } from "../../../diagnosis/finding.ts";
import type { TelemetryEvent } from "../../../telemetry/events.ts";
import { diagnose } from "../../helpers/diagnose.ts";
import { endEvent, epochEvent, runEvent, stepEvent } from "../../helpers/events.ts";
import { dataEvent, initialEvent, normsOf, stack } from "../../helpers/initial.ts";
import { wholeRun } from "../../helpers/wholeRun.ts";

/** Eight layers of ReLU whose weights have one standard deviation, before the first update. */
function begun(std: number, factor: number, loss: number): TelemetryEvent[] {
  const layers = stack(8, 64, "relu");
  const activationStd = layers.map((_, i) => factor ** (i + 1));
  const columns = { weightNorm: normsOf(layers, std), activationStd };
  return [runEvent({ layers }), dataEvent(), initialEvent(columns, { loss })];
}

const copies = [
  runEvent(),
  dataEvent(),
  initialEvent({ weightNorm: [0, 0, 0] }, { loss: Math.log(10), identicalUnits: [1, 1, 0] }),
];

/** A run of which only the losses of its epochs are known. */
const epochsOf = (train: number[], validation: number[] = []) => [
  runEvent({ epochs: 0, layers: [], classes: null, loss: "meanSquaredError" }),
  ...train.map((loss, e) =>
    epochEvent(e, { loss }, validation[e] === undefined ? null : { loss: validation[e] }, []),
  ),
];

const quantities = { classes: null, loss: "meanSquaredError", epochs: 20 };
const memorised = [
  ...wholeRun((step) => 2.3 * Math.exp(-step / 30), { epochs: 10 }).filter(
    ({ kind }) => kind !== "epoch" && kind !== "end",
  ),
  ...[1, 2, 3, 4, 5].map((e) => epochEvent(e, { loss: 0.01 }, { loss: 2.5 })),
  endEvent(),
];

const TABLE: [failure: string, TelemetryEvent[], Symptom][] = [
  ["all weights zero", copies, "symmetric-weights"],
  ["weights too large", begun(1, 5.657, 1e6), "signal-explosion"],
  ["weights too small", begun(0.01, 0.0566, Math.log(10)), "signal-collapse"],
  ["learning rate too high", epochsOf([10, 15, 22]), "learning-rate-too-high"],
  ["learning rate too low", epochsOf([10, 9.99, 9.98, 9.97]), "learning-rate-too-low"],
  [
    "stopped too early",
    wholeRun((step) => 0.8 * Math.exp(-step / 20 / 30) + 0.05, quantities),
    "underfitting",
  ],
  ["stopped too late", memorised, "overfitting-gap"],
];

describe("S3-01: the decision table", () => {
  it.each(TABLE)("%s", (_failure, events, symptom) => {
    expect(diagnose(events)[0]?.symptom).toBe(symptom);
  });

  it("is silent on a healthy step", () => {
    const healthy = [...begun(Math.sqrt(2 / 64), 0.96, 2.4), stepEvent({ step: 1, layers: {} })];
    expect(diagnose(healthy).filter(({ severity }) => severity !== "info")).toEqual([]);
  });
});
