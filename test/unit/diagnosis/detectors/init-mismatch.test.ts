import { describe, expect, it } from "vitest";
import { judgeInit, rightStd } from "../../../../diagnosis/theory/initialization.ts";
import type { LayerInfo } from "../../../../telemetry/events.ts";
import { initialEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

/** Hidden layers of 64 units and an output of 10. */
function network(depth: number, activation = "relu", more: Partial<LayerInfo> = {}): LayerInfo[] {
  const hidden = Array.from({ length: depth }, (_, i) =>
    layerInfo(`hidden_${i + 1}`, { activation, ...more }),
  );
  const output = { activation: "softmax", units: 10, fanOut: 10, parameters: 650 };
  return [...hidden, layerInfo("output", output)];
}

const HE = Math.sqrt(2 / 64);
const LECUN = Math.sqrt(1 / 64);

/** @param std of the hidden layers; the output starts right */
function found(
  layers: LayerInfo[],
  std: number,
  overrides: Parameters<typeof initialEvent>[2] = {},
) {
  const all = layers.map((_, i) => (i === layers.length - 1 ? LECUN : std));
  return findingOf("init-mismatch", [runEvent({ layers }), initialEvent(layers, all, overrides)]);
}

describe("the right scale of weights", () => {
  it("S3-08, S3-09: verdicts of four initialisations on four activations, 512 → 256", () => {
    const fans = { fanIn: 512, fanOut: 256 };
    const xavier = 0.05103104;
    const he = 0.0625;
    const verdicts = (std: number) =>
      ["relu", "leakyRelu", "tanh", "sigmoid"].map((each) => judgeInit(std, each, fans).verdict);
    expect(verdicts(0)).toEqual(["zero", "zero", "zero", "zero"]);
    expect(verdicts(0.01)).toEqual(["too small", "too small", "too small", "too small"]);
    expect(verdicts(xavier)).toEqual(["too small", "too small", "fits", "fits"]);
    expect(verdicts(he)).toEqual(["fits", "fits", "too large", "too large"]);
  });

  it("S0-04, S1-12, S4-15: takes 1 / fan-in and 2 / (fan-in + fan-out) for Xavier", () => {
    expect(rightStd("tanh", 1000, 1000).most).toBeCloseTo(0.0316228, 7);
    const { least, most } = rightStd("sigmoid", 512, 256);
    expect(least).toBeCloseTo(0.0441942, 7);
    expect(most).toBeCloseTo(0.05103104, 7);
  });

  it("S1-14: He's 0.0884 and Xavier's 0.0625 for a fan-in of 256", () => {
    expect(rightStd("relu", 256, 256).most).toBeCloseTo(0.0883883, 7);
    expect(rightStd("tanh", 256, 256).most).toBeCloseTo(0.0625, 10);
  });

  it("lets few weights be off by chance", () => {
    const fans = { fanIn: 5, fanOut: 5 };
    const off = 1.4 * Math.sqrt(2 / 5);
    expect(judgeInit(off, "relu", fans, 25).verdict).toBe("fits");
    expect(judgeInit(off, "relu", fans, 2500).verdict).toBe("too large");
  });
});

describe("init-mismatch", () => {
  it("says nothing of He under ReLU, Xavier under tanh, LeCun under selu", () => {
    expect(found(network(20), HE)).toBeUndefined();
    expect(found(network(5, "tanh"), LECUN)).toBeUndefined();
    expect(found(network(20, "selu"), LECUN)).toBeUndefined();
  });

  it("S0-04, S3-09, S3-23: notes Xavier under ReLU in a shallow net, which does well, as good practice", () => {
    expect(found(network(3), LECUN)).toMatchObject({
      severity: "info",
      firstStep: 0,
      evidence: [],
    });
  });

  it("S4-25: warns of Xavier under 20 layers of ReLU, by a factor of 2^-10", () => {
    const finding = found(network(20), LECUN);
    expect(finding?.severity).toBe("warning");
    expect(finding?.evidence[0]?.value).toBeCloseTo(9.766e-4, 7);
    expect(finding?.remedies[0]?.id).toBe("he-initialization");
  });

  it("S1-13: speaks before the first update", () => {
    expect(found(network(20), 0.01)).toMatchObject({ firstStep: 0, detectedStep: 0 });
  });

  it("S1-09: warns of weights of 0.01 in 20 layers of width 64", () => {
    // 0.01 over √(2 / 64), 20 times.
    expect(found(network(20), 0.01)?.evidence[0]?.value).toBeCloseTo((0.01 / HE) ** 20, 40);
  });

  it("S1-10: warns of weights of 1.0 where the first loss shows it", () => {
    expect(found(network(20), 1, { loss: 1e14 })?.severity).toBe("warning");
  });

  it("S0-01: warns where too large weights saturate sigmoids, and not where the inputs do", () => {
    const layers = network(5, "sigmoid", {
      fanIn: 1000,
      units: 1000,
      fanOut: 1000,
      parameters: 1001e3,
    });
    const saturated = [0.942, 0.918, 0.916, 0.915, 0.917, null];
    const finding = found(layers, 2, { saturated });
    expect(finding?.severity).toBe("warning");
    expect(finding?.layers).toHaveLength(5);
    expect(finding?.message).toContain("94 %");
    expect(found(layers, Math.sqrt(1 / 1000), { saturated })).toBeUndefined();
  });

  it("S0-03: says nothing of fan-in scaled sigmoids, of which 5e-6 are saturated", () => {
    const layers = network(5, "sigmoid", {
      fanIn: 1000,
      units: 1000,
      fanOut: 1000,
      parameters: 1001e3,
    });
    expect(found(layers, 0.0316228, { saturated: layers.map(() => 5e-6) })).toBeUndefined();
  });

  it("leaves alone what is normalised, frozen, bridged or goes on from another run", () => {
    const normalized = network(20).flatMap((layer) => [
      { ...layer, activation: "linear" },
      layerInfo("norm", { type: "batchNormalization", fanIn: null, units: 64, activation: null }),
    ]);
    expect(found(normalized, 0.01)).toBeUndefined();
    expect(found(network(20, "relu", { trainable: false }), 0.01)).toBeUndefined();
    expect(found(network(20, "relu", { skip: true }), LECUN)?.severity).toBe("info");
    const layers = network(20);
    const run = runEvent({ layers, resumed: { run: "before", step: 100 } });
    const weights = layers.map(() => 0.01);
    expect(findingOf("init-mismatch", [run, initialEvent(layers, weights)])).toBeUndefined();
  });

  it("takes a small or zero output layer for good practice", () => {
    const layers = network(2);
    const events = [runEvent({ layers }), initialEvent(layers, [HE, HE, 0])];
    expect(findingOf("init-mismatch", events)).toBeUndefined();
  });
});
