/** The other systems' rules just above and just below their published thresholds. */
import { describe, expect, test } from "vitest";
import type { LayerColumns, StepEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { epochEvent, layerInfo, runEvent, stepEvent } from "../helpers/events.ts";
import { autotrainer } from "./peers/autotrainer.ts";
import { deepDiagnosis } from "./peers/deepDiagnosis.ts";
import { PEERS } from "./peers/index.ts";
import { alertsOf } from "./peers/judge.ts";
import { killLossSpike, nanCheck } from "./peers/lossOnly.ts";
import { type Peer, Telemetry } from "./peers/peer.ts";
import { sagemaker, sagemakerWithoutOverfit } from "./peers/sagemaker.ts";
import { theDeepChecker } from "./peers/theDeepChecker.ts";
import { torchmortem } from "./peers/torchmortem.ts";
import { trainproof, trainproofFailures } from "./peers/trainproof.ts";
import { umlaut } from "./peers/umlaut.ts";

const alerts = (peer: Peer, events: readonly TelemetryEvent[]) =>
  alertsOf(peer, new Telemetry(events));

type Step = Partial<Omit<StepEvent, "layers">> & { layers?: Partial<LayerColumns> };

/** So many steps, each what `of` makes of its number, from 1. */
const steps = (count: number, of: (step: number) => Step = () => ({})) =>
  Array.from({ length: count }, (_, i) => stepEvent({ step: i + 1, ...of(i + 1) }));

test("every system has a name of its own, a source and rules", () => {
  expect(new Set(PEERS.map(({ name }) => name)).size).toBe(PEERS.length);
  for (const { source, rules } of PEERS) {
    expect(source).not.toBe("");
    expect(Object.keys(rules).length).toBeGreaterThan(0);
  }
});

describe("SageMaker Debugger", () => {
  test("VanishingGradient: mean |g| below 1e-7", () => {
    // 4,160 normal parameters: mean |g| = ‖g‖ √(2/π) / √4160.
    const norm = (mean: number) => (mean * Math.sqrt(4160)) / Math.sqrt(2 / Math.PI);
    const at = (mean: number) =>
      alerts(sagemaker, [
        runEvent(),
        ...steps(20, (step) => ({ layers: { gradientNorm: [step > 10 ? norm(mean) : 1, 1, 1] } })),
      ]);
    expect(at(0.9e-7)).toContain("VanishingGradient");
    expect(at(1.1e-7)).not.toContain("VanishingGradient");
  });

  test("Overfit: (validation − train) / train above 0.1, once", () => {
    const at = (validation: number) => [
      runEvent(),
      epochEvent(1, { loss: 1 }, { loss: 1 }),
      epochEvent(2, { loss: 1 }, { loss: validation }),
    ];
    expect(alerts(sagemaker, at(1.11))).toContain("Overfit");
    expect(alerts(sagemaker, at(1.09))).not.toContain("Overfit");
    expect(alerts(sagemakerWithoutOverfit, at(1.11))).not.toContain("Overfit");
  });

  test("WeightUpdateRatio: above 10 or below 1e-8", () => {
    const at = (ratio: number) =>
      alerts(sagemaker, [runEvent(), ...steps(1, () => ({ layers: { updateRatio: [ratio] } }))]);
    expect(at(11)).toContain("WeightUpdateRatio");
    expect(at(0.9e-8)).toContain("WeightUpdateRatio");
    expect(at(9)).not.toContain("WeightUpdateRatio");
  });

  test("UnchangedTensor: three steps in a row", () => {
    const at = (count: number) =>
      alerts(sagemaker, [
        runEvent(),
        ...steps(10, (step) => ({
          layers: { updateRatio: [step > count ? 1e-3 : 1e-6, 1e-3, 1e-3] },
        })),
      ]);
    expect(at(3)).toContain("UnchangedTensor");
    expect(at(2)).not.toContain("UnchangedTensor");
  });
});

describe("AUTOTRAINER", () => {
  const at = (accuracy: number, first: number) =>
    alerts(autotrainer, [
      runEvent({ loss: "categoricalCrossentropy" }),
      ...steps(96, () => ({ layers: { gradientNorm: [first, 1, 1] } })),
      ...[1, 2, 3].map((epoch) =>
        epochEvent(epoch, { loss: 1, accuracy: accuracy - (3 - epoch) / 10 }, null),
      ),
    ]);

  test("explode: a ratio above 70, only while the accuracy is bad", () => {
    expect(at(0.3, 71)).toEqual(["explode"]);
    expect(at(0.3, 69)).toEqual([]);
    expect(at(0.9, 71)).toEqual([]);
  });

  test("vanish: a ratio below 1e-3 and a norm below 1e-4", () => {
    expect(at(0.3, 0.9e-4)).toEqual(["vanish"]);
    expect(at(0.3, 1.1e-4)).toEqual([]);
  });

  test("slow: no epoch gains 0.01 and the accuracy stays below 0.6 over the first 30 %", () => {
    const curve = (gain: number) =>
      alerts(autotrainer, [
        runEvent({ loss: "categoricalCrossentropy", epochs: 20 }),
        ...Array.from({ length: 6 }, (_, i) =>
          epochEvent(i + 1, { loss: 1, accuracy: 0.3 + gain * i }, null),
        ),
      ]);
    expect(curve(0.009)).toContain("slow");
    expect(curve(0.011)).not.toContain("slow");
  });
});

test("DeepDiagnosis: lr ‖g‖ / ‖w‖ outside [1e-5, 0.1]", () => {
  const at = (ratio: number) =>
    alerts(deepDiagnosis, [
      runEvent(),
      ...steps(1, () => ({
        learningRate: ratio,
        layers: { gradientNorm: [5, 5, 5], weightNorm: [5, 5, 5] },
      })),
    ]);
  expect(at(0.11)).toContain("lr");
  expect(at(0.9e-5)).toContain("lr");
  expect(at(0.09)).not.toContain("lr");
});

test("UMLAUT: one epoch of rising validation loss, an output without softmax, a rate above 0.01", () => {
  const calm = [
    epochEvent(1, { loss: 1 }, { loss: 1 }),
    epochEvent(2, { loss: 0.9 }, { loss: 0.99 }),
  ];
  expect(alerts(umlaut, [runEvent(), ...steps(2), ...calm])).toEqual([]);
  const rising = [...calm, epochEvent(3, { loss: 0.8 }, { loss: 1 })];
  expect(alerts(umlaut, [runEvent(), ...rising])).toEqual(["overfit"]);
  const layers = [layerInfo("hidden"), layerInfo("output", { activation: "sigmoid" })];
  expect(alerts(umlaut, [runEvent({ layers }), ...calm])).toEqual(["missing_softmax"]);
  expect(alerts(umlaut, [runEvent(), ...steps(2, () => ({ learningRate: 0.011 }))])).toEqual([
    "lr",
  ]);
});

test("TheDeepChecker: an initial loss of twice ln C, a loss that doubles", () => {
  const chance = Math.log(10);
  const at = (loss: number) => alerts(theDeepChecker, [runEvent(), ...steps(10, () => ({ loss }))]);
  expect(at(2.01 * chance)).toContain("initial loss");
  expect(at(1.99 * chance)).not.toContain("initial loss");
  const grown = (factor: number) =>
    alerts(theDeepChecker, [
      runEvent(),
      ...steps(20, (step) => ({ loss: step > 10 ? factor : 1 })),
    ]);
  expect(grown(2.01)).toContain("diverging");
  expect(grown(1.99)).not.toContain("diverging");
});

test("torchmortem: a median update ratio outside [1e-5, 0.1], zeros left out", () => {
  const at = (ratio: number) =>
    alerts(torchmortem, [
      runEvent(),
      ...steps(9, () => ({ layers: { updateRatio: [ratio, 1e-3, 1e-3] } })),
    ]);
  expect(at(0.9e-5)).toContain("ratio");
  expect(at(0.11)).toContain("ratio");
  expect(at(0)).not.toContain("ratio");
});

test("trainproof: an end 1.5 times above the minimum fails, a gradient 10 times the median only warns", () => {
  const at = (end: number, norm: number) => [
    runEvent(),
    ...steps(100, (step) => ({
      loss: step > 90 ? end : 2 - step / 100,
      gradientNorm: step === 50 ? norm : 1,
    })),
  ];
  expect(alerts(trainproof, at(1.2, 1))).toEqual([]);
  expect(alerts(trainproof, at(1.8, 1))).toEqual(["DIVERGE"]);
  expect(alerts(trainproof, at(1.2, 10.1))).toEqual(["GRAD-SPIKE"]);
  expect(alerts(trainproofFailures, at(1.2, 10.1))).toEqual([]);
});

test("KillLossSpike: twice the mean of 100 steps, 4 times in a row", () => {
  const at = (high: number) =>
    alerts(killLossSpike, [
      runEvent(),
      ...steps(140, (step) => ({ loss: step > 120 && step <= 120 + high ? 3 : 1 })),
    ]);
  expect(at(4)).toEqual(["spike"]);
  expect(at(3)).toEqual([]);
});

test("the NaN check sees the loss, and nothing else", () => {
  expect(alerts(nanCheck, [runEvent(), ...steps(3, () => ({ loss: Number.NaN }))])).toEqual([
    "NaN",
  ]);
  expect(alerts(nanCheck, [runEvent(), ...steps(3, () => ({ gradientNorm: Number.NaN }))])).toEqual(
    [],
  );
});
