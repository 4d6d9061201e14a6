import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

const linear = (bias: boolean) => layerInfo("linear", { activation: "linear", bias });
const passive = { fanIn: null, activation: null };
const norm = layerInfo("norm", { type: "batchNormalization", ...passive });
const relu = layerInfo("relu", { ...passive, type: "activation", activation: "relu" });
const output = layerInfo("output", { activation: "softmax", bias: true });
const found = (...layers: ReturnType<typeof layerInfo>[]) =>
  findingOf("normalization-misplaced", [runEvent({ layers })]);

describe("normalization-misplaced", () => {
  it("S1-18: linear, ReLU, batch normalisation raises it; linear, batch normalisation, ReLU does not", () => {
    const finding = found(linear(false), relu, norm, output);
    expect(finding).toMatchObject({ severity: "info", layers: ["norm"], evidence: [] });
    expect(finding?.remedies[0]?.id).toBe("move-normalization");
    expect(found(linear(false), norm, relu, output)).toBeUndefined();
  });

  it("S1-19: notes a bias in front of batch normalisation", () => {
    const finding = found(linear(true), norm, relu, output);
    expect(finding?.layers).toEqual(["linear"]);
    expect(finding?.remedies[0]?.id).toBe("omit-bias");
  });

  it("does not take a bias that was not told for one", () => {
    expect(
      found(layerInfo("linear", { activation: "linear" }), norm, relu, output),
    ).toBeUndefined();
  });
});
