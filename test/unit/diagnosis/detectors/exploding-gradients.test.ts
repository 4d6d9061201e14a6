import { describe, expect, it } from "vitest";
import type { RunEvent, TelemetryEvent } from "../../../../telemetry/events.ts";
import { aloneOf } from "../../../helpers/alone.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";
import { dataEvent, initialEvent, normsOf, stack } from "../../../helpers/initial.ts";

/** One step for each pair of gradient norm and loss. */
const steps = (
  pairs: [norm: number, loss: number][],
  run: Partial<RunEvent> = {},
  layers = {},
): TelemetryEvent[] => [
  runEvent(run),
  ...pairs.map(([gradientNorm, loss], i) => stepEvent({ step: i + 1, gradientNorm, loss, layers })),
];
const times = (n: number, pair: [number, number]): [number, number][] =>
  Array.from({ length: n }, () => pair);
const exploding = (events: TelemetryEvent[]) => findingOf("exploding-gradients", events);

describe("exploding-gradients", () => {
  it("says nothing while a healthy run shrinks its gradients a hundredfold and sees one spike", () => {
    const pairs = Array.from({ length: 400 }, (_, i): [number, number] => [
      3 * Math.exp(-i / 80),
      2.3 * Math.exp(-i / 60),
    ]);
    pairs[200] = [50, 0.4];
    expect(exploding(steps(pairs))).toBeUndefined();
  });

  it("says nothing of large gradients under a falling loss, as with unscaled targets", () => {
    const pairs = Array.from({ length: 100 }, (_, i): [number, number] => [900 - i, 1000 - 9 * i]);
    expect(exploding(steps(pairs, { classes: null, loss: "meanSquaredError" }))).toBeUndefined();
  });

  it("says nothing of late spikes that cost little, far below the loss of knowing nothing", () => {
    const pairs = times(300, [0.01, 0.001]);
    pairs.push(...times(6, [3, 0.3]), ...times(50, [0.01, 0.001]));
    expect(exploding(steps(pairs))).toBeUndefined();
  });

  it("fires when the norm stays ten times above its median and the loss above chance", () => {
    const finding = exploding(steps([...times(60, [2, 2]), ...times(6, [60, 9])]));
    expect(finding).toMatchObject({ severity: "error", firstStep: 61, state: "open" });
    expect(finding?.anchor?.line).toBe(20);
  });

  it("S1-03, S3-19, S4-04: 1.1 a layer makes 117 times the norm in 50, which fires, and is clipped", () => {
    const factor = 1.1 ** 50;
    expect(factor).toBeCloseTo(117.3909, 4);
    const finding = exploding(steps([...times(60, [1, 2]), ...times(6, [factor, 60])]));
    expect(finding?.evidence[0]?.value).toBe(factor);
    expect(finding?.remedies.map(({ id }) => id)).toEqual(["lower-learning-rate", "clip-by-norm"]);
  });

  it("does not fire from two steps", () => {
    expect(
      exploding(steps([...times(60, [2, 2]), [60, 9], [60, 9], ...times(10, [2, 2])])),
    ).toBeUndefined();
  });

  it("fires in the first steps against theory, and blames badly scaled weights", () => {
    const huge = { weightNorm: [64, 64, 25] };
    const finding = exploding(steps(times(8, [5000, 400]), {}, huge));
    expect(finding?.firstStep).toBe(1);
    expect(finding?.layers[0]).toBe("hidden_1");
    expect(finding?.message).toContain("times as large as He");
    expect(finding?.anchor?.line).toBe(10);
    expect(finding?.remedies[0]).toMatchObject({
      id: "he-initialization",
      layers: ["hidden_1", "hidden_2"],
    });
  });

  it("blames weights that are too large by little in each of many layers", () => {
    const six = Array.from({ length: 6 }, (_, i) => layerInfo(`dense_${i + 1}`));
    const weightNorm = six.map(() => 2 * Math.sqrt(2 / 64) * 64); // twice He's: 32 times through five hidden layers
    const finding = exploding(steps(times(8, [5000, 400]), { layers: six }, { weightNorm }));
    expect(finding?.layers).toHaveLength(5);
    expect(finding?.evidence.find(({ metric }) => metric === "initialScale")?.value).toBeCloseTo(
      32,
      5,
    );
    expect(finding?.remedies[0]?.id).toBe("he-initialization");
  });

  it("does not call it over while the validation loss is still above chance", () => {
    const events = [...steps([...times(60, [2, 2]), ...times(6, [60, 9])])];
    for (let step = 67; step < 99; step++) events.push(stepEvent({ step, loss: 0.4 }));
    events.push(epochEvent(2, { loss: 0.4 }, { loss: 16 }));
    events.push(stepEvent({ step: 99, loss: 0.4 }), epochEvent(3, { loss: 0.4 }, { loss: 16 }));
    expect(exploding(events)?.state).toBe("open");
  });

  it("fires on geometric growth before there is a history (lesson 003: x² with learning rate 2)", () => {
    const pairs = Array.from({ length: 8 }, (_, i): [number, number] => [2 * 3 ** i, 9 ** i]);
    const finding = exploding(steps(pairs, { classes: null, loss: "meanSquaredError" }));
    expect(finding?.firstStep).toBe(4); // the first above ten times the norm of step 1
  });

  it("fires at once where the growth ends in NaN after three steps", () => {
    const finding = exploding(
      steps([
        [9, 4],
        [900, 800],
        [5e11, 9e12],
        [Number.NaN, Number.NaN],
      ]),
    );
    expect(finding).toMatchObject({ severity: "error", firstStep: 2, lastStep: 4 });
  });

  it("leaves a NaN without growth to the symptom non-finite", () => {
    expect(
      exploding(
        steps([
          [2, 2],
          [2, 2],
          [Number.NaN, Number.NaN],
        ]),
      ),
    ).toBeUndefined();
    expect(exploding(steps([[Number.NaN, Number.NaN]]))).toBeUndefined();
  });

  it("resolves itself when an epoch is calm again and the model learns", () => {
    const events = [...steps([...times(60, [2, 2]), ...times(6, [60, 9])])];
    events.push(epochEvent(1, { loss: 3 }, null));
    for (let step = 67; step < 99; step++) events.push(stepEvent({ step, loss: 0.4 }));
    events.push(epochEvent(2, { loss: 0.4 }, null));
    expect(exploding(events)?.state).toBe("resolved");
  });

  it("S1-03: fires before step 1 where activations grow a thousandfold under right weights", () => {
    const layers = stack(4, 64, "linear");
    const weightNorm = normsOf(layers, Math.sqrt(2 / 64));
    const activationStd = [0.9, 30, 4e5, Number.POSITIVE_INFINITY, Number.NaN];
    const finding = aloneOf("exploding-gradients", [
      runEvent({ layers }),
      dataEvent(),
      initialEvent({ weightNorm, activationStd }, { loss: Number.NaN, gradientNorm: Number.NaN }),
    ]);
    expect(finding).toMatchObject({ severity: "error", firstStep: 0, layers: ["dense_4"] });
  });

  it("S1-03: notes a first gradient ten times above theory, and none below", () => {
    // √(2 · 3 · 64) = 19.6 is the largest norm to expect of the three layers.
    const first = (gradientNorm: number) =>
      aloneOf("exploding-gradients", [runEvent(), dataEvent(), initialEvent({}, { gradientNorm })]);
    expect(first(200)?.severity).toBe("info");
    expect(first(190)).toBeUndefined();
  });

  it("leaves a first pass that is lost by its data to the symptom non-finite", () => {
    const invalid = { inputs: 1, targets: 0, first: "row 0, feature 0" };
    const lost = initialEvent({}, { loss: Number.NaN, gradientNorm: Number.NaN });
    expect(
      aloneOf("exploding-gradients", [runEvent(), dataEvent({ invalid }), lost]),
    ).toBeUndefined();
  });

  it("judges quantities by the variance of the targets", () => {
    const variance = 4;
    const targets = {
      ...{ kind: "number" as const, outputs: 1, mean: 0, std: 2, min: -4, max: 4 },
      ...{ variance, deviation: 1.6, outliers: 0 },
    };
    const events = (norm: number) => [
      runEvent({ classes: null, loss: "meanSquaredError" }),
      dataEvent({ labels: [], targets }),
      ...Array.from({ length: 8 }, (_, i) =>
        stepEvent({ step: i + 1, gradientNorm: norm, loss: 40 }),
      ),
    ];
    // 10 · 2 σ √(3 · 64) = 554
    expect(aloneOf("exploding-gradients", events(600))?.severity).toBe("error");
    expect(aloneOf("exploding-gradients", events(500))).toBeUndefined();
  });
});
