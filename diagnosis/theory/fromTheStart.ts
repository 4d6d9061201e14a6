/** Observations about data and settings: what is so from before the first update. */
import type { Observation } from "../detector.ts";
import type { Evidence } from "../finding.ts";

type Given = Pick<Observation, "message" | "anchor"> &
  Partial<Pick<Observation, "severity" | "layers" | "evidence">>;

/**
 * @param given without evidence it is a matter of good practice, which is no cause of anything; with evidence an info
 * is a risk, which may turn out to be the cause of a trouble
 */
export function fromTheStart({
  severity = "info",
  layers = [],
  evidence = [],
  ...rest
}: Given): Observation {
  return { severity, layers, firstStep: 0, lastStep: 0, evidence, ...rest };
}

/** A number that was known before the first update. */
export function figure(
  metric: string,
  value: number,
  threshold: number,
  text: string,
  layer: string | null = null,
): Evidence {
  return { metric, layer, firstStep: 0, lastStep: 0, value, threshold, text };
}
