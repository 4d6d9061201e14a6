import { Engine } from "../../diagnosis/engine.ts";
import { type Finding, SYMPTOMS, type Symptom } from "../../diagnosis/finding.ts";
import type { TelemetryEvent } from "../../telemetry/events.ts";

/** What one detector says by itself, before other findings explain it or give it their severity. */
export function aloneOf(symptom: Symptom, events: readonly TelemetryEvent[]): Finding | undefined {
  const engine = new Engine({ silenced: SYMPTOMS.filter((other) => other !== symptom) });
  for (const event of events) engine.push(event);
  return engine.findings[0];
}
