/** The optimizer of the `run` event, as a recipe spells it. */
import type { Optimizer } from "@tensorflow/tfjs-core";
import type { RunEvent } from "../../../telemetry/events.ts";
import { typeName } from "./spelling.ts";

type Description = RunEvent["optimizer"];

/** Where a recipe has another word for the same setting. */
const RECIPE_WORDS: Record<string, string> = { useNesterov: "nesterov" };

export function describeOptimizer(optimizer: Optimizer): Description {
  const name = typeName(optimizer.getClassName());
  const settings: Description["settings"] = {};
  for (const [key, value] of Object.entries(optimizer.getConfig())) {
    if (key === "learningRate") continue;
    if (typeof value !== "number" && typeof value !== "boolean") continue;
    // Adamax has a decay too, of the learning rate.
    const word = name === "rmsprop" && key === "decay" ? "rho" : key;
    settings[RECIPE_WORDS[word] ?? word] = value;
  }
  const learningRate = learningRateOf(optimizer);
  if (name !== "momentum") return { name, learningRate, settings };
  // v ← momentum · v + g, w ← w − lr · v.
  return { name: "sgd", learningRate, settings: { ...settings, momentumForm: "torch" } };
}

/** As it is now: callbacks change it. */
export function learningRateOf(optimizer: Optimizer): number {
  const { learningRate } = optimizer as unknown as { learningRate?: unknown };
  return typeof learningRate === "number"
    ? learningRate
    : Number(optimizer.getConfig()["learningRate"]);
}
