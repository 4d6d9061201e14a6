import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../telemetry/events.ts";
import { aloneOf } from "../../../helpers/alone.ts";
import { layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";

/** 60 steps with one update ratio and weight norm a layer. */
const frozen = (
  updateRatio: number[],
  { run = {}, ...step }: { run?: Partial<RunEvent>; loss?: number; learningRate?: number } = {},
  moving = (_step: number): number | undefined => undefined,
) =>
  aloneOf("frozen-layer", [
    runEvent(run),
    ...Array.from({ length: 63 }, (_, i) => {
      const norm = moving(i);
      const weightNorm = norm === undefined ? {} : { weightNorm: [norm, norm, norm] };
      return stepEvent({ step: i + 1, loss: 2.3, ...step, layers: { updateRatio, ...weightNorm } });
    }),
  ]);

describe("frozen-layer", () => {
  it("fires on a layer whose updates are exactly zero while the others move", () => {
    const finding = frozen([0, 1e-3, 1e-3]);
    expect(finding).toMatchObject({ severity: "error", layers: ["hidden_1"], firstStep: 1 });
    expect(finding?.message).toContain("the other layers move");
  });

  it("is silent on tiny updates: a converged run has nothing else", () => {
    expect(frozen([1e-12, 1e-9, 1e-12])).toBeUndefined();
  });

  it("is silent on layers that are frozen on purpose", () => {
    const layers = [layerInfo("kept", { trainable: false }), layerInfo("a"), layerInfo("b")];
    expect(frozen([0, 1e-3, 1e-3], { run: { layers } })).toBeUndefined();
  });

  it("leaves a learning rate of zero to the symptom that names it", () => {
    expect(frozen([0, 0, 0], { learningRate: 0 })).toBeUndefined();
  });

  it("only notes it where the network learns without the layer", () => {
    expect(frozen([0, 1e-3, 1e-3], { loss: 0.1 })?.severity).toBe("info");
  });

  it("is silent on updates that are zero at most steps only, as with a single example a batch", () => {
    expect(frozen([0, 0, 0], {}, (step) => 1 + step / 1000)).toBeUndefined();
  });

  it("names the optimizer where nothing at all changes", () => {
    const finding = frozen([0, 0, 0]);
    expect(finding?.layers).toHaveLength(3);
    expect(finding?.anchor?.line).toBe(20);
  });
});
