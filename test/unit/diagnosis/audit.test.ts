import { describe, expect, it } from "vitest";
import { auditModernRecipe, auditRecipe, auditTakeaways } from "../../../diagnosis/audit.ts";
import { REMEDIES } from "../../../diagnosis/remedies/index.ts";
import type { RunEvent } from "../../../telemetry/events.ts";
import { layerInfo, runEvent } from "../../helpers/events.ts";

/** Plain gradient descent on all of 1,000 rows, on sigmoids that start anyhow. */
const empty = runEvent({
  layers: [
    layerInfo("hidden", { activation: "sigmoid", initializer: "randomNormal(0, 1)" }),
    layerInfo("output", { activation: "softmax", initializer: "zeros" }),
  ],
  optimizer: { name: "sgd", learningRate: 0.01, settings: {} },
  batchSize: 1000,
  examples: { train: 1000, validation: 0, test: 0 },
});

/** All that lesson 001 asks for. */
const template = runEvent({
  layers: [
    layerInfo("linear", { activation: "linear", bias: false, l2: 1e-4 }),
    layerInfo("norm", {
      type: "batchNormalization",
      fanIn: null,
      activation: null,
      initializer: null,
    }),
    layerInfo("relu", { type: "activation", activation: "relu", fanIn: null, initializer: null }),
    layerInfo("dropout", { type: "dropout", rate: 0.3, fanIn: null, initializer: null }),
    layerInfo("output", { activation: "softmax", initializer: "glorotUniform" }),
  ],
  optimizer: { name: "adam", learningRate: 0.001, settings: {} },
  schedule: { type: "warmupCosine", planned: [] },
  earlyStopping: { patience: 15, minDelta: 0, restoreBestWeights: true },
  batchSize: 32,
  examples: { train: 10_000, validation: 2000, test: 2000 },
});

const missing = (audit: (run: RunEvent) => { ok: boolean }[], run: RunEvent) =>
  audit(run).filter(({ ok }) => !ok);

describe("audit", () => {
  it("S0-29: a configuration with none of the six takeaways lists exactly six", () => {
    expect(missing(auditTakeaways, empty)).toHaveLength(6);
    expect(missing(auditTakeaways, template)).toEqual([]);
  });

  it("S1-35: the template passes, an empty configuration lists ten", () => {
    expect(missing(auditRecipe, template)).toEqual([]);
    expect(missing(auditRecipe, empty)).toHaveLength(10);
  });

  it("S2-33: Adam at 3e-4 to 1e-3 passes, 0.1 does not; a weight decay of 1e-4 passes", () => {
    const at = (learningRate: number) =>
      auditModernRecipe({ ...template, optimizer: { ...template.optimizer, learningRate } }).find(
        ({ item }) => item.includes("3e-4"),
      )?.ok;
    expect([3e-4, 1e-3, 0.1].map(at)).toEqual([true, true, false]);
    expect(missing(auditModernRecipe, template)).toMatchObject([{ item: "residual connections" }]);
  });

  it("asks for augmented pictures of pictures only", () => {
    const items = (run: RunEvent) => auditModernRecipe(run).map(({ item }) => item);
    expect(items(template)).not.toContain("augmented pictures");
    expect(items({ ...template, inputShape: [28, 28, 1] })).toContain("augmented pictures");
  });

  it("names a remedy that there is for each missing item", () => {
    const ids = new Set(REMEDIES.map(({ id }) => id));
    const all = [auditTakeaways, auditRecipe, auditModernRecipe].flatMap((audit) => audit(empty));
    for (const { ok, remedy } of all) if (!ok) expect(ids).toContain(remedy);
  });
});
