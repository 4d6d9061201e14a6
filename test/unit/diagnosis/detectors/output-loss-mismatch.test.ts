import { describe, expect, it } from "vitest";
import type { DataEvent } from "../../../../telemetry/events.ts";
import { classTargets, dataEvent, quantities } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

function found(
  activation: string,
  loss: string,
  targets: DataEvent["targets"],
  { units = 10, fromLogits = false as boolean | "not told" } = {},
) {
  const layers = [layerInfo("hidden"), layerInfo("output", { activation, units })];
  const run = runEvent({ layers, loss, ...(fromLogits !== "not told" && { fromLogits }) });
  return findingOf("output-loss-mismatch", [run, dataEvent({ ...(targets && { targets }) })]);
}

const CROSS = "categoricalCrossentropy";
const SQUARED = "meanSquaredError";
const severity = (...given: Parameters<typeof found>) => found(...given)?.severity;

describe("output-loss-mismatch: classes", () => {
  it("says nothing of softmax and sigmoid under their cross-entropies", () => {
    expect(severity("softmax", CROSS, classTargets(10))).toBeUndefined();
    expect(severity("softmax", "sparseCategoricalCrossentropy", classTargets(1, { max: 9 }))).toBe(
      undefined,
    );
    const one = classTargets(2, { outputs: 1 });
    expect(severity("sigmoid", "binaryCrossentropy", one, { units: 1 })).toBeUndefined();
    const labels = classTargets(10, { kind: "labels" });
    expect(severity("sigmoid", "binaryCrossentropy", labels)).toBeUndefined();
  });

  it("is sure that the softmax of one unit learns nothing, before any data", () => {
    expect(found("softmax", SQUARED, undefined, { units: 1 })).toMatchObject({
      severity: "error",
      firstStep: 0,
      layers: ["output"],
    });
  });

  it("is sure that a cross-entropy needs probabilities", () => {
    for (const activation of ["linear", "softsign", "tanh", "relu"]) {
      expect(severity(activation, CROSS, classTargets(10)), activation).toBe("error");
    }
  });

  it("lets an unbounded output be logits where the loss takes them, or may take them", () => {
    expect(severity("linear", CROSS, classTargets(10), { fromLogits: true })).toBeUndefined();
    expect(severity("linear", CROSS, classTargets(10), { fromLogits: "not told" })).toBeUndefined();
    expect(severity("relu", CROSS, classTargets(10), { fromLogits: true })).toBe("warning");
  });

  it("warns of sigmoid under categorical cross-entropy, of absolute errors and hinges behind softmax", () => {
    expect(severity("sigmoid", CROSS, classTargets(10))).toBe("warning");
    expect(severity("softmax", "meanAbsoluteError", classTargets(10))).toBe("warning");
    expect(severity("softmax", "hinge", classTargets(10))).toBe("warning");
  });

  it("notes softmax with a squared error: its gradient is C²/2 times smaller at the start", () => {
    const finding = found("softmax", SQUARED, classTargets(10));
    expect(finding?.severity).toBe("info");
    // The derivative of Σ(p − y)² / C at p = 1/C against that of −ln p, computed by hand.
    expect(finding?.evidence[0]?.value).toBeCloseTo(0.02, 12);
  });

  it("S4-16: notes tanh with targets 0 and 1, not with −1 and 1; and sigmoid at its asymptotes", () => {
    const tanh = (min: number) => severity("tanh", SQUARED, classTargets(10, { min }));
    expect(tanh(0)).toBe("info");
    expect(found("tanh", SQUARED, classTargets(10))?.remedies[0]?.title).toContain("−1 and 1");
    expect(severity("sigmoid", SQUARED, classTargets(10))).toBe("info");
    expect(severity("softmax", CROSS, classTargets(10))).toBeUndefined();
  });

  it("says nothing of least squares on a linear output", () => {
    expect(severity("linear", SQUARED, classTargets(10))).toBeUndefined();
  });
});

describe("output-loss-mismatch: quantities", () => {
  const reaching = (min: number, max: number, std = (max - min) / 4) =>
    quantities({ min, max, std });
  const of = (activation: string, ...range: Parameters<typeof reaching>) =>
    severity(activation, SQUARED, reaching(...range), { units: 1 });

  it("is sure that a bounded output does not reach targets beyond it", () => {
    expect(of("relu", -1.1, 1.1)).toBe("error");
    expect(of("sigmoid", -6, 6)).toBe("error");
    expect(of("tanh", 10, 210)).toBe("error");
    expect(of("softmax", 0, 200)).toBe("error");
  });

  it("says nothing of targets within reach", () => {
    expect(of("linear", -1e6, 1e6)).toBeUndefined();
    expect(of("relu", 0, 500)).toBeUndefined();
    expect(of("sigmoid", 0, 1)).toBeUndefined();
  });

  it("is a note where no more than noise is out of reach: a sine with noise under tanh", () => {
    expect(of("tanh", -1.15, 1.15, 0.7)).toBe("info");
  });

  it("is sure that cross-entropies take no such targets", () => {
    const wide = quantities({ min: -3, max: 3 });
    expect(severity("sigmoid", "binaryCrossentropy", wide, { units: 1 })).toBe("error");
  });
});

describe("output-loss-mismatch: what is not known", () => {
  it("says nothing of outputs behind layers that it does not know, or without layers", () => {
    const layers = [layerInfo("dense", { activation: "linear" })];
    const custom = layerInfo("custom", { type: "Exponential", activation: null, fanIn: null });
    const run = runEvent({ layers: [...layers, custom], loss: CROSS, fromLogits: false });
    expect(findingOf("output-loss-mismatch", [run])).toBeUndefined();
    expect(findingOf("output-loss-mismatch", [runEvent({ layers: [] })])).toBeUndefined();
  });
});
