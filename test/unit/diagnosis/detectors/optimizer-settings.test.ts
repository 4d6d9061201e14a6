import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

type Settings = RunEvent["optimizer"]["settings"];

const found = (name: string, learningRate: number, settings: Settings = {}, scheduled = false) =>
  findingOf("optimizer-settings", [
    runEvent({
      optimizer: { name, learningRate, settings },
      ...(scheduled && { schedule: { type: "cosine", planned: [] } }),
    }),
  ]);

describe("optimizer-settings", () => {
  it("S0-16: a momentum of 0.9 and 0.99 is silent, outside [0.5, 0.999] it is a note", () => {
    const of = (momentum: number) => found("sgd", 0.01, { momentum });
    expect(of(0.9)).toBeUndefined();
    expect(of(0.99)).toBeUndefined();
    expect(of(0.5)).toBeUndefined();
    expect(of(0.999)).toBeUndefined();
    expect(of(0.49)).toMatchObject({ severity: "info", firstStep: 0, evidence: [] });
    expect(of(0.9995)).toBeDefined();
  });

  it("S0-15: notes gradient descent without momentum, and offers it", () => {
    const finding = found("sgd", 0.01, { momentum: 0 });
    expect(finding?.message).toContain("no momentum");
    expect(finding?.remedies[0]?.id).toBe("momentum");
    expect(found("adam", 0.001)).toBeUndefined();
  });

  it("S2-33, S3-13: Adam at 3e-4 to 1e-3 and gradient descent at 0.01 are silent, Adam at 0.1 fires", () => {
    expect(found("adam", 3e-4)).toBeUndefined();
    expect(found("adamw", 1e-3, { weightDecay: 1e-4 })).toBeUndefined();
    expect(found("sgd", 0.01, { momentum: 0.9 })).toBeUndefined();
    expect(found("adam", 0.1)?.message).toContain("0.1, where 0.001 is usual");
  });

  it("S2-10: notes PyTorch's form of momentum under a schedule, where the two forms differ", () => {
    const torch = { momentum: 0.9, momentumForm: "torch" };
    expect(found("sgd", 0.01, torch, true)?.severity).toBe("info");
    expect(found("sgd", 0.01, torch)).toBeUndefined();
    expect(found("sgd", 0.01, { momentum: 0.9, momentumForm: "classic" }, true)).toBeUndefined();
  });

  it("S2-11: an epsilon of 0 divides 0 by 0, which may be a cause", () => {
    expect(found("rmsprop", 0.001, { epsilon: 0 })?.evidence).toHaveLength(1);
    expect(found("rmsprop", 0.001, { epsilon: 1e-8 })).toBeUndefined();
  });

  it("S2-12: sees Adam without bias correction by its first step, of 3.16 learning rates", () => {
    const first = (size: number) => {
      // The change of each weight over the norm of the weights, of 64 · 65 parameters.
      const ratio = (size * 0.001 * Math.sqrt(64 * 65)) / 10;
      const columns = { updateRatio: [ratio, ratio, null], weightNorm: [10, 10, 10] };
      return findingOf("optimizer-settings", [runEvent(), stepEvent({ step: 1, layers: columns })]);
    };
    // (1 − 0.9) g / √((1 − 0.999) g²)
    const uncorrected = 0.1 / Math.sqrt(0.001);
    expect(first(uncorrected)?.message).toContain("3.16 times the learning rate");
    expect(first(1)).toBeUndefined();
  });

  it("S2-13: Adam and AdamW are silent, AdaGrad is a note; so is Adam for attention", () => {
    expect(found("adamw", 0.001, { weightDecay: 0.01 })).toBeUndefined();
    const finding = found("adagrad", 0.01);
    expect(finding).toMatchObject({ severity: "info", evidence: [] });
    expect(finding?.remedies.map(({ id }) => id)).toContain("use-adam");
    const [first, ...others] = runEvent().layers;
    const layers = [{ ...first!, type: "multiHeadAttention" }, ...others];
    const message = findingOf("optimizer-settings", [runEvent({ layers })])?.message;
    expect(message).toContain("AdamW is usual for transformers");
  });

  it("offers no other learning rate where the present one is usual, and only the way back else", () => {
    const offered = (...args: Parameters<typeof found>) =>
      found(...args)?.remedies.map(({ id }) => id);
    expect(offered("sgd", 0.01)).toEqual(["momentum", "use-adam"]);
    expect(offered("adam", 0.1)).toEqual(["lower-learning-rate"]);
    expect(offered("adam", 1e-6)).toEqual(["raise-learning-rate"]);
  });

  it("notes betas far from the usual 0.9 and 0.999, not those that are in use besides", () => {
    expect(found("adam", 0.001, { beta1: 0.3897, beta2: 0.4435 })?.message).toMatch(/beta1.*beta2/);
    expect(found("adam", 0.001, { beta1: 0.9, beta2: 0.95 })).toBeUndefined();
  });

  it("does not take what other tools do not tell for facts", () => {
    expect(found("", Number.NaN)).toBeUndefined();
    expect(found("adam", Number.NaN)).toBeUndefined();
  });
});
