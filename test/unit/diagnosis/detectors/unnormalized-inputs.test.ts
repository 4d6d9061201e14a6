import { describe, expect, it } from "vitest";
import type { DataEvent } from "../../../../telemetry/events.ts";
import { dataEvent, scaleOf } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo, runEvent } from "../../../helpers/events.ts";

const found = (data: Partial<DataEvent>, run = runEvent()) =>
  findingOf("unnormalized-inputs", [run, dataEvent(data)]);
const scaled = (mean: number, std: number, medianRms?: number) =>
  found({ featureScale: scaleOf(mean, std, medianRms) });

describe("unnormalized-inputs", () => {
  it("S3-27, S4-05: features N(3, 5) are a note; standardised ones are none", () => {
    expect(scaled(3, 5)).toMatchObject({ severity: "info", firstStep: 0 });
    expect(scaled(1e-7, 1)).toBeUndefined();
  });

  it("S1-17: N(0, 1) · 5 + 3 before and after batch normalisation, by all inputs together", () => {
    expect(found({ inputs: { mean: 3.2, std: 4.95, min: -12, max: 19 } })?.severity).toBe("info");
    expect(found({ inputs: { mean: 6.9e-18, std: 0.99999978, min: -3, max: 3 } })).toBeUndefined();
  });

  it("S3-27: speaks outside of means of 1 and deviations of 0.1 to 10", () => {
    expect(scaled(1, 0.1)).toBeUndefined();
    expect(scaled(-1.01, 1)).toBeDefined();
    expect(scaled(0, 0.099)).toBeDefined();
    expect(scaled(0, 10.1)).toBeDefined();
  });

  it("is a mere note for coordinates of clusters, which train well, and explains nothing then", () => {
    expect(scaled(1.2, 8)).toMatchObject({ severity: "info", evidence: [] });
  });

  it("warns of 0..100 and is sure of 0..1000: stable rates fall with the square of the size", () => {
    // Of a uniform distribution from 0 to a: mean a / 2, standard deviation a / √12, root mean square a / √3.
    const uniform = (a: number) => scaled(a / 2, a / Math.sqrt(12));
    expect(uniform(100)?.severity).toBe("warning");
    expect(uniform(1000)?.severity).toBe("error");
    // (1000 / √3)² = 333 333
    expect(uniform(1000)?.message).toContain("3.3e5 times smaller");
  });

  it("names the feature that is out of scale with the others", () => {
    expect(scaled(189_000, 100_000, 40)?.message).toMatch(/^Feature 1 .* times that of the median/);
  });

  it("says nothing where batch normalisation or an embedding comes first", () => {
    const behind = (type: string) =>
      found(
        { featureScale: scaleOf(500, 300) },
        runEvent({ layers: [layerInfo("first", { type, fanIn: null }), layerInfo("out")] }),
      );
    expect(behind("batchNormalization")).toBeUndefined();
    expect(behind("embedding")).toBeUndefined();
    expect(behind("dense")).toBeDefined();
  });

  it("S4-21: says that whitening costs too much above 2,000 features, and offers another way", () => {
    const of = (features: number) => {
      const correlation = { largest: 0.99, condition: 1e4 };
      return found({ features, correlation, featureScale: scaleOf(0, 1) });
    };
    expect(of(2001)?.message).toContain("2001 of them costs too much; batch normalisation");
    expect(of(2001)?.remedies.map(({ id }) => id)).not.toContain("whiten-inputs");
    expect(of(2000)?.message).not.toContain("cost");
    // The message is about correlation, which standardising does not take away.
    expect(of(2000)?.remedies[0]?.id).toBe("whiten-inputs");
  });

  it("S4-14: notes correlated features of tables, not of pictures", () => {
    const of = (largest: number, condition: number) => ({ correlation: { largest, condition } });
    expect(found(of(0.96, 40))?.severity).toBe("info");
    expect(found(of(0.5, 1130.7))?.severity).toBe("info");
    expect(found(of(0.95, 1000))).toBeUndefined();
    expect(found(of(0.99, 1e4), runEvent({ inputShape: [28, 28, 1] }))).toBeUndefined();
  });
});
