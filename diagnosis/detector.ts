/** What a detector is: pure, one symptom, one file. */
import type { TelemetryEvent } from "../telemetry/events.ts";
import type { Finding, Symptom } from "./finding.ts";
import type { History } from "./history.ts";

/** What a detector saw; the engine adds the rest of the finding. */
export type Observation = Pick<
  Finding,
  "severity" | "layers" | "firstStep" | "lastStep" | "message" | "evidence" | "anchor"
>;

export interface Detector {
  readonly symptom: Symptom;
  /** Which rule of the lessons, and the paper. */
  readonly lesson: string;
  /**
   * Called with every event, after the history took it.
   * @returns an observation that opens or updates the finding, null when there is no such trouble (any more),
   * undefined when the event says nothing about it
   */
  judge(event: TelemetryEvent, history: History): Observation | null | undefined;
}
