import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

const dropout = (rate: number, name = "dropout") =>
  layerInfo(name, { type: "dropout", rate, fanIn: null, parameters: 0, activation: null });
const dense = (name: string) => layerInfo(name);
const output = layerInfo("output", { activation: "softmax" });
const found = (...layers: ReturnType<typeof layerInfo>[]) =>
  findingOf("dropout-misplaced", [runEvent({ layers })]);

describe("dropout-misplaced", () => {
  it("S1-25: 0.4 behind a dense layer is silent", () => {
    expect(found(dense("a"), dropout(0.4), output)).toBeUndefined();
  });

  it("S1-25: 0.5 on the last layer drops predictions", () => {
    const finding = found(dense("a"), output, dropout(0.5));
    expect(finding).toMatchObject({ severity: "warning", layers: ["dropout"], firstStep: 0 });
    expect(finding?.remedies[0]?.id).toBe("remove-dropout");
  });

  it("S1-25: 0.5 behind a convolution is a note, 0.3 is silent", () => {
    const convolution = layerInfo("conv", { type: "conv2d" });
    expect(found(convolution, dropout(0.5), output)?.remedies[0]?.id).toBe("dropout-rate");
    expect(found(convolution, dropout(0.3), output)).toBeUndefined();
  });

  it("S2-16: 0.1 to 0.5 between dense layers, up to 0.1 on the input", () => {
    for (const rate of [0.1, 0.5]) expect(found(dense("a"), dropout(rate), output)).toBeUndefined();
    expect(found(dense("a"), dropout(0.6), output)).toMatchObject({
      severity: "info",
      evidence: [],
    });
    expect(found(dense("a"), dropout(0.05), output)).toBeDefined();
    expect(found(dropout(0.1), dense("a"), output)).toBeUndefined();
    expect(found(dropout(0.2), dense("a"), output)).toBeDefined();
  });

  it("warns where hardly any path is left: 0.8 three times keeps 0.8 %", () => {
    const net = (rate: number) =>
      ["a", "b", "c"].flatMap((name) => [dense(name), dropout(rate, `dropout_${name}`)]);
    const finding = found(...net(0.8), output);
    expect(finding?.severity).toBe("warning");
    expect(finding?.evidence[0]?.value).toBeCloseTo(0.008, 12);
    expect(found(...net(0.5), output)).toBeUndefined();
  });

  it("does not mind a layer that drops nothing", () => {
    expect(found(dense("a"), dropout(0), output)).toBeUndefined();
  });
});
