import { describe, expect, it } from "vitest";
import { editorSchema } from "../../../recipe/schema.ts";
import { Curves } from "../../../telemetry/curves.ts";
import { TelemetryEvent } from "../../../telemetry/events.ts";
import { epochEvent, runEvent, stepEvent } from "../../helpers/events.ts";

describe("schemas are plain JSON Schema", () => {
  it("for events, with a branch for each kind", () => {
    const schema = JSON.parse(JSON.stringify(TelemetryEvent));
    const kinds = schema.anyOf.map(
      (branch: { properties: { kind: { const: string } } }) => branch.properties.kind.const,
    );
    expect(kinds).toEqual([
      "run",
      "data",
      "initial",
      "step",
      "ranks",
      "epoch",
      "checkpoint",
      "message",
      "end",
    ]);
  });

  it("for recipes, with a sentence on every setting that needs one", () => {
    const schema = JSON.stringify(editorSchema());
    expect(schema).toContain('"allowComments":true');
    expect(schema).toContain("Inverted dropout");
  });
});

describe("curves", () => {
  it("are named after the figures and fed from steps and epochs", () => {
    const curves = new Curves();
    curves.push(runEvent());
    curves.push(epochEvent(0, { loss: 2.3 }, { loss: 2.4, accuracy: 0.1 }));
    curves.push(stepEvent({ step: 1 }));
    expect(curves.names).toContain("validation.accuracy");
    expect(curves.get("layer.1.gradientNorm")?.last()).toEqual({ x: 1, y: 1 });
    expect(curves.get("layer.0.epochSilent")?.last()).toEqual({ x: 0, y: 0.1 });
    // A figure that a layer does not have is no curve, rather than a curve of zeros.
    expect(curves.get("layer.2.silent")).toBeUndefined();
  });
});
