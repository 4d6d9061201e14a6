import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../../diagnosis/detectors/index.ts";
import { Engine } from "../../../diagnosis/engine.ts";
import { Finding, SYMPTOMS } from "../../../diagnosis/finding.ts";
import type { DiagnosisOptions } from "../../../diagnosis/options.ts";
import { decode, encode } from "../../../telemetry/codec.ts";
import type { TelemetryEvent } from "../../../telemetry/events.ts";
import { diagnose } from "../../helpers/diagnose.ts";
import { epochEvent, runEvent, stepEvent } from "../../helpers/events.ts";
import { troubleIn } from "../../helpers/wholeRun.ts";

/** Explodes, kills its units, ends in NaN. */
const sick: TelemetryEvent[] = [
  runEvent(),
  epochEvent(0, { loss: 2.3 }, { loss: 2.3 }),
  ...Array.from({ length: 40 }, (_, i) => stepEvent({ step: i + 1, loss: 2 })),
  ...Array.from({ length: 10 }, (_, i) => stepEvent({ step: i + 41, loss: 50, gradientNorm: 900 })),
  epochEvent(1, { loss: 20 }, { loss: 30 }, [0.9, 0.95, null]),
  epochEvent(2, { loss: 20 }, { loss: 30 }, [0.9, 0.97, null]),
  stepEvent({ step: 51, loss: Number.NaN }),
];

describe("engine", () => {
  it("has one detector for each symptom", () => {
    const symptoms = DETECTORS.map(({ symptom }) => symptom);
    expect([...symptoms].sort()).toEqual([...SYMPTOMS].sort());
  });

  it("orders causes before their consequences", () => {
    const [cause, ...others] = troubleIn(sick);
    expect(cause).toMatchObject({ symptom: "exploding-gradients", cause: null });
    expect(cause?.consequences).toEqual(expect.arrayContaining(["non-finite", "dead-relu"]));
    expect(others.map((finding) => [finding.symptom, finding.cause])).toEqual([
      ["non-finite", "exploding-gradients"],
      ["dead-relu", "exploding-gradients"],
    ]);
  });

  it("gives the same findings whether it is asked once or after every event", () => {
    const engine = new Engine();
    for (const event of sick) {
      engine.push(event);
      engine.findings.reverse();
    }
    expect(engine.findings).toEqual(diagnose(sick));
  });

  it("does not look for what is silenced, and takes other thresholds", () => {
    const findingsWith = (options: DiagnosisOptions) => {
      const engine = new Engine(options);
      for (const event of sick) engine.push(event);
      return engine.findings.map(({ symptom }) => symptom);
    };
    expect(findingsWith({})).toContain("dead-relu");
    expect(findingsWith({ silenced: ["dead-relu"] })).not.toContain("dead-relu");
    const strict = { thresholds: { "dead-relu": { share: 0.98, growth: 0.98 } } };
    expect(findingsWith(strict)).not.toContain("dead-relu");
  });

  it("says which symptoms could not be judged, and what was missing", () => {
    const engine = new Engine();
    for (const event of [runEvent({ layers: [] }), epochEvent(0, { loss: 2 }, null, [])])
      engine.push(event);
    const { checked, unchecked } = engine.coverage;
    expect(checked).toContain("at-chance");
    expect(unchecked).toContainEqual({ symptom: "dead-relu", missing: ["epoch.silent"] });
  });

  it("gives findings that keep the contract, through JSON as well", () => {
    const validator = Compile(Finding);
    for (const finding of diagnose(sick)) {
      expect([...validator.Errors(JSON.parse(encode(finding)))]).toEqual([]);
      expect(finding.remedies.filter(({ preferred }) => preferred)).toHaveLength(1);
      expect(finding.lesson).toMatch(/Lessons? 00\d/);
      expect(finding.message).toMatch(/\d/);
      expect(finding.anchor).not.toBeNull();
    }
  });

  it("gives the same findings from stored events as from live ones", () => {
    const stored = sick.map((event) => {
      const decoded = decode(encode(event));
      if (!("event" in decoded)) throw new Error("not an event");
      return decoded.event;
    });
    expect(diagnose(stored)).toEqual(diagnose(sick));
  });

  it("reports a symptom as soon as its evidence is there, not at the end", () => {
    const engine = new Engine();
    const firstSeen = sick.findIndex((event) => {
      engine.push(event);
      return engine.findings.some(({ severity }) => severity === "error");
    });
    expect(sick[firstSeen]).toMatchObject({ kind: "step" });
    expect((sick[firstSeen] as { step: number }).step).toBeLessThanOrEqual(45);
  });

  it("says nothing before it knows the run", () => {
    expect(diagnose(sick.slice(1))).toEqual([]);
  });
});
