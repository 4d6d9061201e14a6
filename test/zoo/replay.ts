/** What the engine says of a recorded run, as `--json` prints it. */
import { Engine } from "../../diagnosis/engine.ts";
import type { Finding } from "../../diagnosis/finding.ts";
import type { DiagnosisOptions } from "../../diagnosis/options.ts";
import type { TelemetryEvent } from "../../telemetry/events.ts";
import { replayRun } from "../../telemetry/files/follower.ts";
import type { Recording } from "./recording.ts";

export interface Replay {
  recording: Recording;
  events: TelemetryEvent[];
}

export function readEvents(recording: Recording): Replay {
  const events: TelemetryEvent[] = [];
  replayRun(recording.run, (event) => events.push(event));
  return { recording, events };
}

export function findingsOf(
  events: readonly TelemetryEvent[],
  options?: DiagnosisOptions,
): Finding[] {
  const engine = new Engine(options);
  for (const event of events) engine.push(event);
  return engine.findings;
}
