/**
 * What the editor and the dashboard page say to each other. The editor owns all data; the page asks for
 * the stretch of a curve that it shows, and gets at most two points a pixel.
 */
import type { Finding } from "../diagnosis/finding.ts";
import type { EndStatus, Metrics, RunEvent } from "../telemetry/events.ts";

export type RunStatus = "running" | "paused" | EndStatus;

/** A line of the run picker. */
export interface RunItem {
  id: string;
  name: string;
  status: RunStatus;
  /** ISO 8601. */
  started: string;
}

/** How far a run has come. */
export interface Progress {
  step: number;
  epoch: number;
  seconds: number;
  stepsPerSecond: number;
  /** Of the last step. */
  loss: number;
  train: Metrics | null;
  validation: Metrics | null;
}

/** The run that the page shows, all but its curves. */
export interface RunView extends RunItem {
  /** One sentence when the run failed or diverged. */
  error: string | null;
  /** Null until the trainer has said what it trains. */
  info: RunEvent | null;
  progress: Progress | null;
  /** The epoch with the lowest validation loss so far, and its step. */
  best: { epoch: number; step: number; loss: number } | null;
  lastStep: number;
  /** Names of the curves there are; see `telemetry/curves.ts`. */
  curves: string[];
  findings: Finding[];
}

export interface PageState {
  /** Newest first. */
  runs: RunItem[];
  run: RunView | null;
}

/** A stretch of a curve, steps from and to included. */
export interface CurveQuery {
  curve: string;
  from: number;
  to: number;
  pixels: number;
}

export type ToPage =
  | { type: "state"; state: PageState }
  /** The answer to `read`: `telemetry/packed.ts` unpacks it, one stretch a query. */
  | { type: "curves"; request: number; packed: ArrayBuffer }
  /** Shows a finding's stretch of the charts. */
  | { type: "focus"; finding: number };

export type FromPage =
  | { type: "ready" }
  | { type: "read"; request: number; run: string; queries: CurveQuery[] }
  | { type: "select"; run: string }
  | { type: "train" }
  | { type: "stop"; run: string }
  | { type: "pause"; run: string }
  | { type: "resume"; run: string }
  /** Opens the source at a finding; findings are named by their place in `RunView.findings`. */
  | { type: "reveal"; run: string; finding: number }
  | { type: "fix"; run: string; finding: number; remedy: string };
