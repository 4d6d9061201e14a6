import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

const steps = (norm: (step: number) => number, loss = (_step: number) => 2.3) =>
  aloneOf("gradients-not-cleared", [
    runEvent(),
    ...Array.from({ length: 20 }, (_, i) =>
      stepEvent({ step: i + 1, gradientNorm: norm(i + 1), loss: loss(i + 1) }),
    ),
  ]);

describe("gradients-not-cleared", () => {
  it("S2-01: fires at the second pass that adds up unplanned, which doubles the norm", () => {
    const finding = aloneOf("gradients-not-cleared", [
      runEvent(),
      stepEvent({ step: 1, gradientNorm: 1 }),
      stepEvent({ step: 2, gradientNorm: 2, accumulated: { passes: 2, planned: false } }),
    ]);
    expect(finding).toMatchObject({ severity: "error", lastStep: 2 });
    expect(finding?.message).toContain("2 backward passes");
  });

  it("is silent where the loop adds up on purpose", () => {
    const planned = stepEvent({ step: 1, accumulated: { passes: 4, planned: true } });
    expect(aloneOf("gradients-not-cleared", [runEvent(), planned])).toBeUndefined();
  });

  it("S2-01: fires where the norm grows in proportion to the step at a fixed loss", () => {
    expect(steps((step) => step * (step % 2 === 0 ? 1.1 : 0.95))?.severity).toBe("error");
  });

  it("is silent on a growing norm under a moving loss, and on a norm that stays", () => {
    expect(
      steps(
        (step) => step,
        (step) => 2.3 / step,
      ),
    ).toBeUndefined();
    expect(steps(() => 1)).toBeUndefined();
  });
});
