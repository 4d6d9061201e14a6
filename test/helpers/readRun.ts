import type { TelemetryEvent } from "../../telemetry/events.ts";
import { replayRun } from "../../telemetry/files/follower.ts";

/** All events of a run as a list. */
export function readRun(folder: string): { events: TelemetryEvent[]; damaged: number } {
  const events: TelemetryEvent[] = [];
  const damaged = replayRun(folder, (event) => events.push(event));
  return { events, damaged };
}
