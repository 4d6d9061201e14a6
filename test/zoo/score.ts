/** The measures of `cases/README.md`, "How a product is scored". */
import type { Finding } from "../../diagnosis/finding.ts";
import type { Recording } from "./recording.ts";

/** A run and what was said of it. */
export interface Judged {
  recording: Recording;
  findings: readonly Finding[];
}

/** Errors and warnings; infos are free. */
export const counting = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity !== "info");

/** Those of the findings that count which name a symptom that the case accepts. */
export function detections({ recording, findings }: Judged): Finding[] {
  return counting(findings).filter(({ symptom }) => recording.zooCase.must.includes(symptom));
}

export function isDetected(judged: Judged): boolean {
  return detections(judged).length > 0;
}

/** @returns the symptoms that should not have been said of a healthy run, or that it did not end in order */
export function falseAlarms({ recording, findings }: Judged): string[] {
  const said = counting(findings)
    .map(({ symptom }) => symptom as string)
    .filter((symptom) => !recording.zooCase.tolerated.includes(symptom));
  return [...new Set(said), ...(endedInOrder(recording) ? [] : ["(no orderly end)"])];
}

/** Exit status 0 or 1: it ran to its end, with findings or without. */
export function endedInOrder({ code, timedOut, summary }: Recording): boolean {
  return !timedOut && summary !== undefined && (code === 0 || code === 1);
}

/** Place of the cause among the distinct symptoms in the order printed, from 0; -1 if it was not named, null without a cause. */
export function causePlace({ recording, findings }: Judged): number | null {
  const { cause } = recording.zooCase;
  if (cause === null) return null;
  return [...new Set(counting(findings).map(({ symptom }) => symptom as string))].indexOf(cause);
}

export interface Latency {
  step: number;
  /** Of the run's steps. */
  share: number;
}

/** Of the earliest finding that counts; undefined for a fault that was missed. */
export function latencyOf(judged: Judged): Latency | undefined {
  const found = detections(judged);
  if (found.length === 0) return undefined;
  const step = Math.min(...found.map(({ firstStep }) => firstStep));
  return { step, share: step / Math.max(1, judged.recording.summary?.steps ?? 1) };
}

export interface Score {
  faulty: number;
  healthy: number;
  detected: number;
  alarmed: number;
  /** Faulty runs whose case has a cause, and those that name it first and among the first three. */
  withCause: number;
  first: number;
  firstThree: number;
}

export function scoreOf(runs: readonly Judged[]): Score {
  const faulty = runs.filter(({ recording }) => recording.zooCase.set === "faulty");
  const healthy = runs.filter(({ recording }) => recording.zooCase.set !== "faulty");
  const places = faulty.map(causePlace).filter((place) => place !== null);
  return {
    faulty: faulty.length,
    healthy: healthy.length,
    detected: faulty.filter(isDetected).length,
    alarmed: healthy.filter((judged) => falseAlarms(judged).length > 0).length,
    withCause: places.length,
    first: places.filter((place) => place === 0).length,
    firstThree: places.filter((place) => place >= 0 && place < 3).length,
  };
}
