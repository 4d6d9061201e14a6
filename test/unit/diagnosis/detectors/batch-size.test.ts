import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { dataEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { endEvent, layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";

const found = (batchSize: number, overrides: Partial<RunEvent> = {}) =>
  findingOf("batch-size", [runEvent({ batchSize, ...overrides })]);
const norm = (type: string) => [
  layerInfo("dense", { activation: "linear" }),
  layerInfo("norm", { type, fanIn: null, activation: null }),
  layerInfo("output"),
];
const optimizer = (name: string, learningRate: number, momentum?: number) => ({
  optimizer: { name, learningRate, settings: momentum === undefined ? {} : { momentum } },
});

describe("batch-size", () => {
  it("S0-20: 32, 64, 128 and 256 raise nothing", () => {
    for (const size of [32, 64, 128, 256]) expect(found(size)).toBeUndefined();
  });

  it("S0-20: what is outside is a note", () => {
    expect(found(16)).toMatchObject({ severity: "info", firstStep: 0, evidence: [] });
    expect(found(4)?.severity).toBe("info");
    expect(found(300)?.severity).toBe("info");
  });

  it("S2-07: 512 is silent where the learning rate is scaled along", () => {
    expect(found(512)).toBeDefined();
    expect(found(512, optimizer("adam", 0.004))).toBeUndefined();
    expect(found(1024, optimizer("adam", 0.004))).toBeDefined();
  });

  it("S0-18: all examples in one batch are one update an epoch, and too few may be a cause", () => {
    const whole = { examples: { train: 700, validation: 300, test: 0 }, stepsPerEpoch: 1 };
    const short = found(700, { ...whole, epochs: 12 });
    expect(short?.message).toContain("12 updates in 12 epochs");
    expect(short?.evidence[0]).toMatchObject({ value: 12, threshold: 200 });
    expect(found(700, { ...whole, epochs: 5000 })?.evidence).toEqual([]);
  });

  it("warns at the end where few updates left most to learn", () => {
    const ended = (loss: number) =>
      findingOf("batch-size", [
        runEvent({
          batchSize: 700,
          examples: { train: 700, validation: 300, test: 0 },
          stepsPerEpoch: 1,
          epochs: 12,
        }),
        ...Array.from({ length: 12 }, (_, i) => stepEvent({ step: i + 1, loss })),
        endEvent({ step: 12, epoch: 12 }),
      ])?.severity;
    // ln 10 = 2.3 is chance.
    expect(ended(2.2)).toBe("warning");
    expect(ended(0.3)).toBe("info");
  });

  it("does not ask more of a small set than all of it: XOR's four rows", () => {
    expect(found(4, { examples: { train: 4, validation: 4, test: 0 } })).toBeUndefined();
  });

  it("S0-20, S1-21, S4-23: a batch of 4 under batch normalisation is a warning, not under layer normalisation", () => {
    const small = (type: string) => found(4, { layers: norm(type) })?.severity;
    expect(small("batchNormalization")).toBe("warning");
    expect(small("layerNormalization")).toBe("info");
    expect(found(8, { layers: norm("batchNormalization") })?.severity).toBe("info");
  });

  it("S1-21, S2-03: notes a last batch below 16 under batch normalisation, unless it is dropped", () => {
    const last = (train: number, dropRemainder = false) =>
      found(64, {
        layers: norm("batchNormalization"),
        examples: { train, validation: 100, test: 0 },
        dropRemainder,
      });
    expect(last(64 * 10 + 15)?.message).toContain("a last batch of 15");
    // 50 000 = 781 · 64 + 16.
    expect(last(50_000)).toBeUndefined();
    expect(last(64 * 10 + 15, true)).toBeUndefined();
  });

  it("warns where each small batch overshoots its own error: rate · ‖x‖² / size above 4", () => {
    const overshooting = (run: Partial<RunEvent>, size = 1, std = 8) =>
      findingOf("batch-size", [
        runEvent({ batchSize: size, ...run }),
        dataEvent({ features: 2, inputs: { mean: 0, std, min: -20, max: 20 } }),
      ])?.severity;
    // 0.01 / (1 − 0.9) · 2 · 8² = 12.8
    expect(overshooting(optimizer("sgd", 0.01, 0.9))).toBe("warning");
    expect(overshooting(optimizer("sgd", 0.01, 0.9), 4)).toBe("info");
    expect(overshooting(optimizer("sgd", 0.01, 0.9), 1, 1)).toBe("info");
    expect(overshooting(optimizer("adam", 0.01))).toBe("info");
  });

  it("does not take a size that was not told for a fact", () => {
    expect(found(0)).toBeUndefined();
  });
});
