import { describe, expect, it } from "vitest";
import type { Finding } from "../../../../diagnosis/finding.ts";
import type { LayerColumns, TelemetryEvent } from "../../../../telemetry/events.ts";
import { diagnose } from "../../../helpers/diagnose.ts";
import { endEvent, epochEvent, runEvent, stepEvent } from "../../../helpers/events.ts";

const trouble = (findings: Finding[]) =>
  findings.filter(({ severity }) => severity !== "info").map(({ symptom }) => symptom);

/** A run of which only the epochs' training losses are known, as from a CSV. */
function series(...losses: number[]): TelemetryEvent[] {
  const run = runEvent({ epochs: 0, layers: [], classes: null, loss: "meanSquaredError" });
  return [run, ...losses.map((loss, i) => epochEvent(i, { loss }, null, []))];
}

describe("the lessons' series of losses", () => {
  it("S0-07, S1-26, S2-14, S3-12: 10, 15, 22 is a learning rate that is too high, by the third number", () => {
    expect(trouble(diagnose(series(10, 15)))).toEqual([]);
    expect(trouble(diagnose(series(10, 15, 22)))).toEqual(["learning-rate-too-high"]);
  });

  it("S0-08, S1-26, S2-14, S3-12: 10, 9.99, 9.98, 9.97 is one that is too low, and nothing else", () => {
    expect(trouble(diagnose(series(10, 9.99, 9.98, 9.97)))).toEqual(["learning-rate-too-low"]);
  });

  it("S0-09, S3-12: 10, 8.5, 7.2, 5.8, 4.1, 2.5, 1.2 is right: silence", () => {
    expect(trouble(diagnose(series(10, 8.5, 7.2, 5.8, 4.1, 2.5, 1.2)))).toEqual([]);
  });

  it("S3-32: learning rate 0.1 on x²: 1, 0.64, 0.41, 0.26 is right: silence", () => {
    expect(trouble(diagnose(series(1, 0.64, 0.4096, 0.262144)))).toEqual([]);
  });
});

describe("learning-rate-too-high", () => {
  it("S3-31: learning rate 2 on x²: x goes 1, −3, 9, −27, the loss grows ninefold a step", () => {
    const steps: TelemetryEvent[] = [];
    for (let step = 1, x = 1; step <= 6; step++, x = x - 2 * 2 * x) {
      steps.push(stepEvent({ step, loss: x * x, learningRate: 2, gradientNorm: 2 * Math.abs(x) }));
    }
    const findings = diagnose([
      runEvent({ classes: null, loss: "meanSquaredError", stepsPerEpoch: 1, epochs: 100 }),
      ...steps,
    ]);
    expect(findings[0]).toMatchObject({
      symptom: "learning-rate-too-high",
      severity: "error",
      firstStep: 1,
    });
    expect(findings[0]?.message).toContain("9-fold");
  });

  it("S3-34: blames one update of more than half of the weights where nothing was learned since", () => {
    const stuck = (first: number) =>
      diagnose([
        runEvent({ stepsPerEpoch: 20, epochs: 20 }),
        ...Array.from({ length: 400 }, (_, i) =>
          stepEvent({ step: i + 1, loss: 2.3, layers: { updateRatio: [i ? 0.001 : first, 0, 0] } }),
        ),
        endEvent({ step: 400 }),
      ]).find(({ symptom }) => symptom === "learning-rate-too-high");
    expect(stuck(0.6)?.message).toContain("changed the weights by 60 %");
    expect(stuck(0.6)?.remedies.map(({ id }) => id)).toContain("clip-by-norm");
    expect(stuck(0.05)).toBeUndefined();
  });

  it.each([
    ["sgd", {}, 0],
    // Adam scales the gradient, and clipping bounds it: nothing is known before the first update.
    ["adam", {}, 1],
    ["sgd", { clipNorm: 1 }, 1],
  ])(
    "dates %s with %j back to the first gradient where that says so: step %d",
    (name, settings, first) => {
      const { layers } = stepEvent({ step: 1, layers: { gradientNorm: [40, 40, 40] } });
      const columns = { ...(layers as LayerColumns), updateRatio: [null, null, null] };
      const initial: TelemetryEvent = {
        kind: "initial",
        loss: 2.3,
        gradientNorm: 70,
        layers: columns,
        identicalUnits: [0, 0, 0],
        outputs: { mean: 0.1, std: 0.1, min: 0, max: 1, spread: 0.1 },
      };
      const optimizer = { name, learningRate: 0.2, settings };
      const run = runEvent({ optimizer, stepsPerEpoch: 5, epochs: 20 });
      const steps = Array.from({ length: 6 }, (_, i) =>
        stepEvent({ step: i + 1, loss: 3 * 4 ** i }),
      );
      const finding = diagnose([run, initial, ...steps]).find(
        ({ symptom }) => symptom === "learning-rate-too-high",
      );
      expect(finding).toMatchObject({ severity: "error", firstStep: first });
    },
  );

  it("is silent over a catapult: a few steps far above chance, then it learns", () => {
    const updateRatio = [0.3, 0.3, 0.3];
    const loss = (step: number) => (step < 12 ? 8 : 2.3 * Math.exp(-step / 60));
    const steps = Array.from({ length: 400 }, (_, i) =>
      stepEvent({ step: i + 1, loss: loss(i + 1), layers: { updateRatio } }),
    );
    const events = [runEvent({ stepsPerEpoch: 20, epochs: 20 }), ...steps, endEvent({ step: 400 })];
    expect(trouble(diagnose(events))).toEqual([]);
  });

  it.each([
    // A bad start that comes down is no wrong rate; weights of which one update left nothing are.
    ["a tenth of the weights", 0.11, 0],
    ["twenty times the weights", 20, 1],
  ])(
    "judges a loss that comes down from far above by what the first update left: %s",
    (_, first, found) => {
      const steps = Array.from({ length: 200 }, (_, i) => {
        const ratio = i === 0 ? first : first < 1 ? first : 1e-4;
        return stepEvent({
          step: i + 1,
          loss: 100 * Math.exp(-i / 120),
          layers: { updateRatio: [ratio, ratio, ratio] },
        });
      });
      const events = [
        runEvent({ stepsPerEpoch: 10, epochs: 20 }),
        ...steps,
        endEvent({ step: 200 }),
      ];
      const said = diagnose(events).filter(({ symptom }) => symptom === "learning-rate-too-high");
      expect(said).toHaveLength(found);
    },
  );

  it("speaks when what was learned is thrown away and does not come back", () => {
    const loss = (step: number) => (step < 200 ? 2.3 * Math.exp(-step / 60) : 9);
    const steps = Array.from({ length: 400 }, (_, i) =>
      stepEvent({ step: i + 1, loss: loss(i + 1) }),
    );
    const [finding] = diagnose([
      runEvent({ stepsPerEpoch: 20, epochs: 20 }),
      ...steps,
      endEvent({ step: 400 }),
    ]);
    expect(finding).toMatchObject({ symptom: "learning-rate-too-high", severity: "error" });
    expect(finding?.firstStep).toBeGreaterThan(190);
    expect(finding?.firstStep).toBeLessThan(210);
  });
});
