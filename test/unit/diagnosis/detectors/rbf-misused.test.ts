import { describe, expect, it } from "vitest";
import { initialEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

const rbf = (fanIn: number, name = "rbf") =>
  layerInfo(name, { type: "rbf", fanIn, activation: null });
const output = layerInfo("output", { activation: "softmax" });
const found = (layers: ReturnType<typeof layerInfo>[], mean?: number) =>
  findingOf("rbf-misused", [
    runEvent({ layers }),
    ...(mean === undefined
      ? []
      : [
          initialEvent(
            layers,
            layers.map(() => 1),
            { activationMean: layers.map(() => mean) },
          ),
        ]),
  ]);

describe("rbf-misused", () => {
  it("S4-17: fires above 20 inputs", () => {
    expect(found([rbf(20), output])).toBeUndefined();
    expect(found([rbf(21), output])).toMatchObject({
      severity: "info",
      firstStep: 0,
      layers: ["rbf"],
    });
  });

  it("S4-17, S4-18: fires for more than two on top of each other, not on top of two tanh layers", () => {
    expect(found([rbf(2, "a"), rbf(8, "b"), rbf(8, "c"), output])).toBeDefined();
    const tanh = [layerInfo("a", { activation: "tanh" }), layerInfo("b", { activation: "tanh" })];
    expect(found([...tanh, rbf(8), output])).toBeUndefined();
  });

  it("S4-17: warns of units that put out less than 1e-6", () => {
    expect(found([rbf(2), output], 1e-7)?.severity).toBe("warning");
    expect(found([rbf(2), output], 0.3)).toBeUndefined();
  });
});
