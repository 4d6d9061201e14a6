/** The `run` event of a script: what its model is, and where in it each part was made. */
import { hostname } from "node:os";
import { basename, extname } from "node:path";
import { type Anchor, EVENT_VERSION, type RunEvent } from "../../telemetry/events.ts";
import { runId } from "../../telemetry/files/folder.ts";
import { describeLayer, isForgotten } from "./describe/layer.ts";
import { lossName } from "./describe/loss.ts";
import { describeOptimizer } from "./describe/optimizer.ts";
import type { Observer } from "./observer.ts";
import { compiled, made } from "./origins.ts";
import type { ProbeSettings } from "./settings.ts";

/** What the call says that starts the training. */
export interface Plan {
  batchSize: number;
  epochs: number;
  /** Null where only the data can tell. */
  stepsPerEpoch: number | null;
  examples: { train: number; validation: number };
  classes: number | null;
  shuffle: boolean | null;
  earlyStopping: RunEvent["earlyStopping"];
  /** Where it stands. */
  call: Anchor | null;
}

/** What computes. */
export interface Engine {
  version: string;
  backend: string;
  device: string;
  choice: string;
}

export function describeRun(
  { script, run }: ProbeSettings,
  { model, layers, optimized }: Pick<Observer, "model" | "layers" | "optimized">,
  plan: Plan,
  { version, backend, device, choice }: Engine,
): RunEvent {
  const compileCall = compiled.of(model);
  const unoptimized = layers.filter((layer) => isForgotten(layer, optimized));
  const [, ...inputShape] = model.inputs[0]?.shape ?? [];
  return {
    kind: "run",
    version: EVENT_VERSION,
    id: runId(run),
    name: basename(script, extname(script)),
    file: script,
    started: new Date().toISOString(),
    pid: process.pid,
    host: hostname(),
    framework: `TensorFlow.js ${version}`,
    backend,
    device,
    choice,
    optimizer: describeOptimizer(model.optimizer),
    loss: lossName(model.loss),
    batchSize: plan.batchSize,
    epochs: plan.epochs,
    ...(inputShape.every((length) => typeof length === "number") && { inputShape }),
    ...(plan.shuffle !== null && { shuffle: plan.shuffle }),
    // TensorFlow.js's losses take probabilities.
    fromLogits: false,
    ...(unoptimized.length > 0 && { unoptimized: unoptimized.map(({ name }) => name) }),
    ...(plan.stepsPerEpoch !== null && { stepsPerEpoch: plan.stepsPerEpoch }),
    examples: { ...plan.examples, test: 0 },
    classes: plan.classes,
    seed: null,
    rank: 0,
    worldSize: 1,
    earlyStopping: plan.earlyStopping,
    layers: layers.map((layer) => describeLayer(layer, optimized)),
    anchors: {
      optimizer: made.of(model.optimizer) ?? compileCall,
      loss: compileCall,
      fit: plan.call,
      data: plan.call,
    },
  };
}
