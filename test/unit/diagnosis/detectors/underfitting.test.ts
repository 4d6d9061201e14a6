import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { layerInfo } from "../../../helpers/events.ts";
import { PER_EPOCH, wholeRun } from "../../../helpers/wholeRun.ts";

describe("underfitting", () => {
  /** S1-33's training loss. */
  const lessons = (epoch: number) => 0.8 * Math.exp(-epoch / 30) + 0.05;

  it("S3-03: the lessons' curve stopped at epoch 20 was still falling", () => {
    const quantities = { classes: null, loss: "meanSquaredError", epochs: 20 };
    const finding = findingOf(
      "underfitting",
      wholeRun((step) => lessons(step / PER_EPOCH), quantities),
    );
    expect(finding?.message).toContain("still falling");
  });

  it("S3-03: and is silent where the same curve runs to epoch 200", () => {
    const quantities = { classes: null, loss: "meanSquaredError", epochs: 200 };
    expect(
      findingOf(
        "underfitting",
        wholeRun((step) => lessons(step / PER_EPOCH), quantities),
      ),
    ).toBeUndefined();
  });

  it("names a stack of linear layers as the reason", () => {
    const layers = ["a", "b"].map((name) => layerInfo(name, { activation: "linear" }));
    const output = layerInfo("output", { activation: "softmax", units: 10 });
    const finding = findingOf(
      "underfitting",
      wholeRun(() => 2.1, { layers: [...layers, output] }),
    );
    expect(finding).toMatchObject({ severity: "warning", layers: ["a", "b"] });
    expect(finding?.message).toContain("one linear map");
  });
});
