import { describe, expect, it } from "vitest";
import type { TelemetryEvent } from "../../../../telemetry/events.ts";
import { aloneOf } from "../../../helpers/alone.ts";
import { epochEvent, layerInfo, runEvent } from "../../../helpers/events.ts";
import { initialEvent } from "../../../helpers/initial.ts";

const symmetric = (...events: TelemetryEvent[]) =>
  aloneOf("symmetric-weights", [runEvent(), ...events]);
const start = (identicalUnits: (number | null)[]) => initialEvent({}, { identicalUnits });
const epoch = (number: number, identicalUnits: (number | null)[]) => ({
  ...epochEvent(number, { loss: 2 }, null),
  identicalUnits,
});

describe("symmetric-weights", () => {
  it("S0-05, S3-05: fires before step 1 where all units of a hidden layer are alike", () => {
    const finding = symmetric(start([1, 0, 0]));
    expect(finding).toMatchObject({ severity: "error", firstStep: 0, layers: ["hidden_1"] });
    expect(finding?.anchor?.line).toBe(10);
  });

  it("S0-05: clears after the units differ, and stays while they do not", () => {
    expect(symmetric(start([1, 0, 0]), epoch(1, [1, 0, 0]))?.state).toBe("open");
    expect(symmetric(start([1, 0, 0]), epoch(1, [0, 0, 0]))?.state).toBe("resolved");
  });

  it("is silent on random weights, also where two units of sixty-four are alike", () => {
    expect(symmetric(start([0, 2 / 64, 0]))).toBeUndefined();
  });

  it("is silent on an output layer of zeros: its units have different targets", () => {
    expect(symmetric(start([0, 0, 1]))).toBeUndefined();
  });

  it("is silent on layers of one unit and on layers without a kernel", () => {
    const layers = [
      layerInfo("one", { units: 1 }),
      layerInfo("norm", { type: "batchNormalization", fanIn: null }),
      layerInfo("output"),
    ];
    expect(
      aloneOf("symmetric-weights", [runEvent({ layers }), start([null, null, 0])]),
    ).toBeUndefined();
  });

  it("does not mistake weights that were lost later for ones that start alike", () => {
    expect(symmetric(start([0, 0, 0]), epoch(3, [1, 1, 1]))).toBeUndefined();
  });
});
