/** A callback of ours among those that the script gives to `fit`. */
import type { RunEvent } from "../../telemetry/events.ts";
import type { Logs } from "./metrics.ts";
import type { Layers } from "./tensorflow.ts";

/** What we want to be told. */
export interface Listener {
  onBatchBegin(logs: Logs): Promise<void>;
  onBatchEnd(logs: Logs): void;
  onEpochEnd(logs: Logs): void;
}

interface Callback {
  setParams(): void;
}

/**
 * Ours comes first, before the script's own can change weights or logs. Those that are plain functions become what `fit`
 * would make of them: it takes no mixture.
 * @param given as `fit` takes it
 */
export function withListener(
  { Callback, CustomCallback }: Layers,
  given: unknown,
  yieldEvery: unknown,
  listener: Listener,
): unknown[] {
  const list: unknown[] = Array.isArray(given) ? given : [given ?? {}];
  const theirs = list.map((each) =>
    isCallback(each) ? each : new CustomCallback(each as never, yieldEvery as never),
  );
  class Ours extends Callback {
    override onBatchBegin(_batch: number, logs?: unknown): Promise<void> {
      return listener.onBatchBegin(logs as Logs);
    }
    override async onBatchEnd(_batch: number, logs?: unknown): Promise<void> {
      listener.onBatchEnd(logs as Logs);
    }
    override async onEpochEnd(_epoch: number, logs?: unknown): Promise<void> {
      listener.onEpochEnd(logs as Logs);
    }
  }
  return [new Ours(), ...theirs];
}

function isCallback(value: unknown): boolean {
  return typeof (value as Callback).setParams === "function";
}

interface EarlyStopping {
  patience: number;
  minDelta: number;
}

/** TensorFlow.js's own, which cannot go back to the best weights. */
export function earlyStoppingOf(
  { EarlyStopping }: Layers,
  given: unknown,
): RunEvent["earlyStopping"] {
  const found = [given].flat().find((each) => each instanceof EarlyStopping);
  if (!found) return null;
  const { patience, minDelta } = found as unknown as EarlyStopping;
  return { patience, minDelta: Math.abs(minDelta), restoreBestWeights: false };
}
