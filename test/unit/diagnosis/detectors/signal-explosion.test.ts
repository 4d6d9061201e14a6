import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent } from "../../../helpers/events.ts";
import { dataEvent, initialEvent, normsOf, stack } from "../../../helpers/initial.ts";

const explosion = (
  layers: ReturnType<typeof stack>,
  std: number,
  activationStd: number[],
  loss = 2.3,
) =>
  aloneOf("signal-explosion", [
    runEvent({ layers }),
    dataEvent(),
    initialEvent({ weightNorm: normsOf(layers, std), activationStd }, { loss }),
  ]);
const rising = (factor: number, depth: number) =>
  Array.from({ length: depth + 1 }, (_, i) => factor ** (i + 1));

describe("signal-explosion", () => {
  it("S1-10: fires at step 0 on 20 ReLU layers of std 1, which gain a factor of 5.657 each", () => {
    const finding = explosion(stack(20, 64, "relu"), 1, rising(5.656854, 20), 1e6);
    expect(finding).toMatchObject({ severity: "error", firstStep: 0 });
    expect(finding?.evidence[0]?.value).toBeCloseTo(1.1259e15, -11);
    expect(finding?.layers).toHaveLength(20);
  });

  it("S1-06, S1-11: is silent on He's scale, whatever the depth", () => {
    const layers = stack(50, 64, "relu");
    expect(explosion(layers, Math.sqrt(2 / 64), rising(0.98, 50))).toBeUndefined();
  });

  it("S1-20: is silent on a drift to 1.63 over 15 layers", () => {
    const stds = [
      0.84, 0.84, 0.83, 0.83, 0.82, 0.82, 0.82, 0.82, 0.9, 1, 1.1, 1.3, 1.5, 1.63, 1.41,
    ];
    expect(explosion(stack(14, 128, "relu"), 0.125, stds)).toBeUndefined();
  });

  it("is silent on large weights under tanh: what is bounded saturates instead", () => {
    expect(explosion(stack(5, 64, "tanh"), 5, [0.96, 0.98, 0.98, 0.98, 0.98, 0.1])).toBeUndefined();
  });

  it("leaves right weights to the activations: exponentials explode by themselves", () => {
    const layers = stack(4, 64, "linear");
    expect(explosion(layers, 0.125, [1, 30, 1e4, 1e9, 1e9], 50)).toBeUndefined();
  });
});
