import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";

const dropout = layerInfo("drop", { type: "dropout", fanIn: null, parameters: 0 });
const norm = layerInfo("norm", { type: "batchNormalization", fanIn: null });
const modes = (trainingMode: boolean[], layer = dropout) =>
  aloneOf("wrong-mode", [
    runEvent({ layers: [layerInfo("a"), layer, layerInfo("b")] }),
    ...trainingMode.map((mode, i) => stepEvent({ step: i + 1, trainingMode: mode })),
  ]);

describe("wrong-mode", () => {
  it("S0-24: fires after three updates in evaluation mode, and names what it concerns", () => {
    const finding = modes([true, false, false, false]);
    expect(finding).toMatchObject({ severity: "warning", firstStep: 2, layers: ["drop"] });
  });

  it("is silent in training mode, and on two steps", () => {
    expect(modes([true, true, true, true])).toBeUndefined();
    expect(modes([true, false, false, true])).toBeUndefined();
  });

  it("S1-16: fires on batch normalisation, and not where no layer minds or it is frozen", () => {
    expect(modes([false, false, false, false], layerInfo("c"))).toBeUndefined();
    expect(modes([false, false, false], { ...norm, trainable: false })).toBeUndefined();
    expect(modes([false, false, false], norm)).toBeDefined();
  });

  it("resolves itself", () => {
    expect(modes([false, false, false, true])?.state).toBe("resolved");
  });
});
