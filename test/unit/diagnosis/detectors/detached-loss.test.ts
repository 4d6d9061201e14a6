import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";
import { initialEvent } from "../../../helpers/initial.ts";

const detached = (
  gradientNorm: number[],
  { loss = 2.3, initial = initialEvent(), ...columns } = {},
) =>
  aloneOf("detached-loss", [
    runEvent(),
    initial,
    ...[1, 2, 3].map((step) =>
      stepEvent({
        step,
        loss,
        gradientNorm: Math.max(...gradientNorm),
        layers: { gradientNorm, ...columns },
      }),
    ),
  ]);

describe("detached-loss", () => {
  it("S3-22: fires within three steps where no layer gets a gradient", () => {
    const finding = detached([0, 0, 0]);
    expect(finding).toMatchObject({ severity: "error", firstStep: 1, lastStep: 3 });
    expect(finding?.anchor?.line).toBe(21);
  });

  it("S3-22: fires where the layers below a cut get none, and names them", () => {
    expect(detached([0, 0, 1])?.layers).toEqual(["hidden_1", "hidden_2"]);
  });

  it("is silent on tiny gradients, and where nothing is left to learn", () => {
    expect(detached([1e-30, 1e-30, 1e-20])).toBeUndefined();
    expect(detached([0, 0, 0], { loss: 1e-7 })).toBeUndefined();
  });

  it("is silent where the output is constant or the loss is clipped: other symptoms say so", () => {
    const outputs = { mean: 0.1, std: 0.3, min: 0.01, max: 0.3, spread: 0 };
    expect(detached([0, 0, 0], { initial: initialEvent({}, { outputs }) })).toBeUndefined();
    const clipped = { ...outputs, min: 0, max: 1, spread: 0.4 };
    const initial = initialEvent({}, { outputs: clipped });
    expect(detached([0, 0, 0], { loss: 16.118, initial })).toBeUndefined();
  });

  it("is silent where a whole layer is dead or its units are copies", () => {
    const dead = initialEvent({ silent: [1, 0, null] });
    expect(detached([0, 0, 1], { initial: dead, silent: [1, 0, null] } as object)).toBeUndefined();
    const alike = initialEvent({}, { identicalUnits: [1, 1, 0] });
    expect(detached([0, 0, 1], { initial: alike })).toBeUndefined();
  });
});
