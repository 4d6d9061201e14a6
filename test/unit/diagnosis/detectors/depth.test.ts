import { describe, expect, it } from "vitest";
import type { LayerInfo } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

/** @param weighted layers with weights, the output included */
function network(weighted: number, activation = "relu", more: LayerInfo[] = []): LayerInfo[] {
  const hidden = Array.from({ length: weighted - 1 }, (_, i) =>
    layerInfo(`hidden_${i + 1}`, { activation }),
  );
  return [...hidden, ...more, layerInfo("output", { activation: "softmax" })];
}

const found = (
  symptom: "depth-without-skip" | "depth-without-normalization",
  layers: LayerInfo[],
) => findingOf(symptom, [runEvent({ layers })]);
const norm = layerInfo("norm", { type: "layerNormalization", fanIn: null, activation: null });
const residual = layerInfo("block", { type: "residual", fanIn: null, skip: true });

describe("depth-without-skip", () => {
  it("S2-24, S2-25: more than 20 layers with weights", () => {
    expect(found("depth-without-skip", network(20))).toBeUndefined();
    expect(found("depth-without-skip", network(21))).toMatchObject({
      severity: "info",
      firstStep: 0,
      evidence: [{ value: 21, threshold: 20 }],
    });
    expect(found("depth-without-skip", network(56))).toBeDefined();
    expect(found("depth-without-skip", network(56, "relu", [residual]))).toBeUndefined();
  });
});

describe("depth-without-normalization", () => {
  it("S3-28: more than 10 layers", () => {
    expect(found("depth-without-normalization", network(10))).toBeUndefined();
    expect(found("depth-without-normalization", network(11))?.severity).toBe("info");
    expect(found("depth-without-normalization", network(11, "relu", [norm]))).toBeUndefined();
  });

  it("leaves saturating networks to vanishing-gradients, and selu normalises itself", () => {
    for (const activation of ["sigmoid", "tanh", "hardSigmoid", "selu"]) {
      expect(found("depth-without-normalization", network(30, activation))).toBeUndefined();
      expect(found("depth-without-skip", network(30, activation))).toBeUndefined();
    }
  });
});
