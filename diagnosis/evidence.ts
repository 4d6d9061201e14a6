/** One number of a layer as evidence: most detectors support what they say with those. */
import type { LayerColumns } from "../telemetry/events.ts";
import type { Evidence } from "./finding.ts";
import type { History } from "./history.ts";

/** The steps that a judgement covers. */
export interface Span {
  firstStep: number;
  lastStep: number;
}

/** @param index of the layer whose column it is */
export function layerEvidence(
  history: History,
  column: keyof LayerColumns | "identicalUnits",
  index: number,
  seen: Span & { value: number; threshold: number; text: string },
): Evidence {
  const name = nameOf(history, index);
  const { firstStep, lastStep, value, threshold, text } = seen;
  return {
    metric: `layer.${index}.${column}`,
    layer: name,
    firstStep,
    lastStep,
    value,
    threshold,
    text: `${name}: ${text}`,
  };
}

export function nameOf(history: History, index: number): string {
  return history.layers[index]?.name ?? `layer ${index}`;
}
