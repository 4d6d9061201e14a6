import { Engine } from "../../diagnosis/engine.ts";
import type { Finding, Symptom } from "../../diagnosis/finding.ts";
import type { TelemetryEvent } from "../../telemetry/events.ts";

/** The findings after all events. */
export function diagnose(events: readonly TelemetryEvent[]): Finding[] {
  const engine = new Engine();
  for (const event of events) engine.push(event);
  return engine.findings;
}

/** The finding of that symptom, or undefined. */
export function findingOf(
  symptom: Symptom,
  events: readonly TelemetryEvent[],
): Finding | undefined {
  return diagnose(events).find((finding) => finding.symptom === symptom);
}
