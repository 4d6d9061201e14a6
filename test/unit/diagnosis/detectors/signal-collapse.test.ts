import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { endEvent, runEvent, stepEvent } from "../../../helpers/events.ts";
import { dataEvent, initialEvent, normsOf, stack } from "../../../helpers/initial.ts";

const collapse = (
  layers: ReturnType<typeof stack>,
  std: number,
  activationStd: number[],
  after: Parameters<typeof runEvent>[0] = {},
) =>
  aloneOf("signal-collapse", [
    runEvent({ layers, ...after }),
    dataEvent(),
    initialEvent({ weightNorm: normsOf(layers, std), activationStd }),
  ]);
/** Standard deviations that shrink by a factor a layer. */
const falling = (first: number, factor: number, depth: number) =>
  Array.from({ length: depth + 1 }, (_, i) => first * factor ** i);

describe("signal-collapse", () => {
  it("S1-09: fires at step 0 on 20 ReLU layers of std 0.01, which lose a factor of 0.0566 each", () => {
    const layers = stack(20, 64, "relu");
    const finding = collapse(layers, 0.01, falling(0.0566, 0.056569, 20));
    expect(finding).toMatchObject({ severity: "warning", firstStep: 0, state: "open" });
    expect(finding?.layers).toHaveLength(20);
    expect(finding?.evidence[0]?.value).toBeLessThan(1e-20);
    expect(finding?.remedies[0]?.id).toBe("he-initialization");
  });

  it("S0-02: fires on five sigmoid layers of std 0.001, whose slope is the largest there is", () => {
    const layers = stack(5, 1000, "sigmoid");
    const finding = collapse(layers, 0.001, [0.0079, 0.004, 0.004, 0.0038, 0.0039, 0.05]);
    expect(finding).toMatchObject({ severity: "warning", firstStep: 0 });
    const saturated = aloneOf("saturated-activations", [
      runEvent({ layers }),
      initialEvent({ saturated: [0, 0, 0, 0, 0, null] }),
    ]);
    expect(saturated).toBeUndefined();
  });

  it("S0-03: is silent on the same layers at LeCun's scale", () => {
    const layers = stack(5, 1000, "sigmoid");
    expect(
      collapse(layers, 1 / Math.sqrt(1000), [0.208, 0.128, 0.121, 0.117, 0.12, 0.05]),
    ).toBeUndefined();
  });

  it("S1-11: is silent on He's drift from 0.81 to 0.35 over 20 layers", () => {
    const layers = stack(20, 64, "relu");
    const drift = falling(0.81, (0.35 / 0.81) ** (1 / 19), 20);
    expect(collapse(layers, Math.sqrt(2 / 64), drift)).toBeUndefined();
  });

  it("S4-25: leaves Glorot under 20 ReLU layers to depth, and only notes it", () => {
    const layers = stack(20, 64, "relu");
    const finding = collapse(layers, 1 / 8, falling(0.35, 2 ** -0.5, 20));
    expect(finding?.severity).toBe("info");
    expect(finding?.message).toContain("usual size");
  });

  it("only notes two tiny layers, which gradient descent leaves fast", () => {
    const layers = stack(2, 64, "relu");
    expect(collapse(layers, 0.001, [0.006, 0.00003, 0.1])?.severity).toBe("info");
  });

  it("sees no collapse across normalisation, which restores the signal", () => {
    const [first, ...others] = stack(4, 64, "relu");
    const norm = { ...first!, type: "batchNormalization", fanIn: null, activation: null };
    const layers = [first!, norm, ...others.flatMap((layer) => [layer, norm])].slice(0, -1);
    const stds = layers.map(() => 0.05);
    expect(collapse(layers, 0.01, stds)).toBeUndefined();
  });

  it("becomes an error where nothing is learned, and a note where the network learns all the same", () => {
    const layers = stack(20, 64, "relu");
    const run = runEvent({ layers, stepsPerEpoch: 10, epochs: 10 });
    const start = initialEvent({ weightNorm: normsOf(layers, 0.01) });
    const steps = (loss: number) =>
      Array.from({ length: 99 }, (_, i) => stepEvent({ step: i + 1, loss }));
    const end = endEvent({ step: 99 });
    const severity = (loss: number) =>
      aloneOf("signal-collapse", [run, dataEvent(), start, ...steps(loss), end])?.severity;
    expect(severity(2.3)).toBe("error");
    expect(severity(0.1)).toBe("info");
  });
});
