/** What a detector is: pure, one symptom, one file. */
import type { TelemetryEvent } from "../telemetry/events.ts";
import type { Finding, Symptom } from "./finding.ts";
import type { LayerWindow } from "./history/window.ts";
import type { History } from "./history.ts";
import type { Remedy } from "./remedy.ts";

/** What a detector saw; the engine adds the rest of the finding. */
export type Observation = Pick<
  Finding,
  "severity" | "layers" | "firstStep" | "lastStep" | "message" | "evidence" | "anchor"
>;

/** What a detector looks at: an event, or the window of sampled steps that an event completed. */
export type Occasion = TelemetryEvent | LayerWindow;

/** A figure of an event, as a path: `epoch.silent`, `step.layers.gradientNorm`; or one of several: `a | b`. */
export type Need = `${TelemetryEvent["kind"]}` | `${TelemetryEvent["kind"]}.${string}`;

/** A number that decides; users may move it. */
export interface Threshold {
  readonly value: number;
  /** What it limits, with its unit. */
  readonly what: string;
  /** The paper, lesson or system that it comes from. */
  readonly source: string;
}

export type Thresholds = Readonly<Record<string, Threshold>>;
/** The numbers in force: the declared ones, or the user's. */
export type Limits<T extends Thresholds> = { readonly [K in keyof T]: number };

/**
 * @returns an observation that opens or updates the finding, null when there is no such trouble (any more),
 * undefined when the occasion says nothing about it
 */
export type Judge = (occasion: Occasion, history: History) => Observation | null | undefined;

export interface Detector<T extends Thresholds = Thresholds> {
  readonly symptom: Symptom;
  /** Which rule of the lessons, and the paper. */
  readonly lesson: string;
  /** Without these it cannot judge. */
  readonly needs: readonly Need[];
  /** With these it judges better; a finding says which of them were missing. */
  readonly wants?: readonly Need[];
  /** When it can speak first, and what it waits for, in words. */
  readonly starts: string;
  readonly thresholds: T;
  /** What treats it, the best first. */
  readonly remedies: readonly Remedy[];
  /** The occasions it is called on, after the history took the event. */
  readonly on: readonly Occasion["kind"][];
  /** A judge of one run, with its own memory. */
  create(limits: Limits<T>): Judge;
}

/** Lets TypeScript read the names of the thresholds off the declaration. */
export function defineDetector<const T extends Thresholds>(detector: Detector<T>): Detector {
  return detector as unknown as Detector;
}
