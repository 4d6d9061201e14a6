import { describe, expect, it } from "vitest";
import type { StepEvent } from "../../../../telemetry/events.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent, stepEvent } from "../../../helpers/events.ts";

const found = (
  settings: { clipNorm?: number; clipValue?: number },
  step: (i: number) => Partial<StepEvent>,
) =>
  findingOf("clipping-misused", [
    runEvent({ optimizer: { name: "adam", learningRate: 0.001, settings } }),
    ...Array.from({ length: 40 }, (_, i) => stepEvent({ ...(step(i) as object), step: i + 1 })),
    epochEvent(1, { loss: 1 }, null),
  ]);

const clipped = (steps: number) => (i: number) => ({
  gradientNorm: 2,
  clippedNorm: i < steps ? 1 : 2,
});

describe("clipping-misused", () => {
  it("S3-20: fires where more than half of the steps are clipped, and offers a higher norm", () => {
    expect(found({ clipNorm: 1 }, clipped(20))).toBeUndefined();
    const finding = found({ clipNorm: 1 }, clipped(21));
    expect(finding?.severity).toBe("info");
    // Norms of 2 are usual here.
    expect(
      finding?.remedies.find(({ id }) => id === "raise-clip-norm")?.value,
    ).toBeGreaterThanOrEqual(2);
  });

  it("S3-18: fires for a gradient that clipping turns by 8.07° or 18.15°, not by 4°", () => {
    const turned = (clipAngle: number) => (i: number) => ({
      gradientNorm: 5.787918,
      clippedNorm: i % 4 === 0 ? 5 : 5.787918,
      ...(i % 4 === 0 && { clipAngle }),
    });
    expect(found({ clipValue: 3 }, turned(8.07))?.message).toContain("°");
    expect(found({ clipValue: 1 }, turned(18.15))?.remedies[0]?.id).toBe(
      "clip-norm-instead-of-value",
    );
    expect(found({ clipValue: 4 }, turned(4))).toBeUndefined();
  });

  it("says nothing of steps that are not clipped, or of few", () => {
    expect(found({}, clipped(0))).toBeUndefined();
  });
});
