import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { endEvent, runEvent, stepEvent } from "../../../helpers/events.ts";
import { initialEvent, stack } from "../../../helpers/initial.ts";

const falling = (ratio: number, depth: number) =>
  Array.from({ length: depth + 1 }, (_, i) => ratio ** (1 - i / depth));
const vanishing = (
  layers: ReturnType<typeof stack>,
  gradientNorm: number[],
  loss: number[] = [],
  later = gradientNorm,
) =>
  aloneOf("vanishing-gradients", [
    runEvent({ layers, stepsPerEpoch: 10, epochs: 10 }),
    initialEvent({ gradientNorm }),
    ...loss.map((value, i) =>
      stepEvent({ step: i + 1, loss: value, layers: { gradientNorm: later } }),
    ),
    ...(loss.length > 0 ? [endEvent({ step: loss.length })] : []),
  ]);
const constant = (loss: number) => Array.from({ length: 99 }, () => loss);

describe("vanishing-gradients", () => {
  it("S1-04, S1-05, S4-04: fires before step 1 on ten sigmoid layers, whose first gradient is 6.08e-7 of the last", () => {
    const finding = vanishing(stack(10, 64, "sigmoid"), falling(6.08e-7, 10));
    expect(finding).toMatchObject({ severity: "warning", firstStep: 0 });
    expect(finding?.message).toContain("10 layers of sigmoid");
    expect(finding?.evidence[0]?.value).toBeCloseTo(6.08e-7, 9);
    expect(finding?.evidence[1]?.value).toBeCloseTo(9.5367e-7, 10); // 0.25^10
    expect(finding?.remedies[0]?.id).toBe("use-relu");
  });

  it("S1-05, S1-06: is silent on 50 ReLU layers, whose ratio is 1.09", () => {
    expect(vanishing(stack(50, 64, "relu"), falling(1 / 1.09, 50), constant(2.3))).toBeUndefined();
  });

  it("S1-02: 0.9 a layer leaves 0.00515 after 50, which is no alarm yet; 0.8 leaves 1.43e-5", () => {
    const layers = stack(50, 64, "relu");
    const shrinking = (factor: number) => Array.from({ length: 51 }, (_, i) => factor ** (50 - i));
    expect(shrinking(0.9)[0]).toBeCloseTo(0.00515378, 8);
    expect(vanishing(layers, shrinking(0.9))).toBeUndefined();
    const finding = vanishing(layers, shrinking(0.8));
    expect(finding?.evidence[0]?.value).toBeCloseTo(1.42725e-5, 9);
    expect(finding?.remedies.map(({ id }) => id)).toContain("residual-blocks");
  });

  it("S4-12: says that sigmoids put out 0.5 on average, not 0", () => {
    const at = (mean: number) =>
      aloneOf("vanishing-gradients", [
        runEvent({ layers: stack(4, 48, "sigmoid") }),
        initialEvent({ activationMean: [mean, mean, mean, mean, 0.1] }),
      ])?.message;
    expect(at(0.5)).toContain("put out 0.5 on average, not 0");
    expect(at(0)).not.toContain("on average");
  });

  it("is silent on the ratio of 0.69 that tiny and huge weights have alike", () => {
    expect(vanishing(stack(20, 64, "relu"), falling(0.69, 20))).toBeUndefined();
  });

  it("S1-05: notes four stacked sigmoids, and three not", () => {
    expect(vanishing(stack(4, 48, "sigmoid"), falling(3e-3, 4))?.severity).toBe("info");
    expect(vanishing(stack(3, 48, "sigmoid"), falling(1e-2, 3))).toBeUndefined();
    expect(vanishing(stack(4, 48, "tanh"), falling(0.5, 4))).toBeUndefined();
  });

  it("makes the note a warning where nothing is learned, and keeps it one where something is", () => {
    const layers = stack(4, 48, "hardSigmoid");
    expect(vanishing(layers, falling(3e-3, 4), constant(2.3))?.severity).toBe("warning");
    expect(vanishing(layers, falling(3e-3, 4), constant(0.1))?.severity).toBe("info");
  });

  it("S1-05, S2-24: does not count on across a skip", () => {
    const layers = stack(10, 64, "sigmoid").map((layer, i) => ({ ...layer, skip: i % 2 === 1 }));
    expect(vanishing(layers, falling(0.084, 10))).toBeUndefined(); // 0.084 with residuals
  });

  it("fires during training where a gradient came to vanish and nothing was learned", () => {
    const layers = stack(6, 64, "relu");
    const finding = vanishing(layers, falling(0.9, 6), constant(2.3), falling(1e-5, 6));
    expect(finding).toMatchObject({ severity: "error", state: "open" });
    expect(finding?.firstStep).toBeGreaterThanOrEqual(20);
  });

  it("is silent on a converged run, whose gradients are tiny everywhere or in places", () => {
    const layers = stack(6, 64, "relu");
    expect(vanishing(layers, falling(0.9, 6), constant(0.01), falling(1e-5, 6))).toBeUndefined();
  });
});
