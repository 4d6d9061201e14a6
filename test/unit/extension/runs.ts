/** Runs for the tests of the views: only what differs from a healthy running one is given. */
import type { Finding } from "../../../diagnosis/finding.ts";
import type { RunLook } from "../../../extension/look.ts";
import type { EndEvent, EpochEvent, RunEvent, StepEvent } from "../../../telemetry/events.ts";
import { epochEvent, runEvent, stepEvent } from "../../helpers/events.ts";

export function aFinding(change: Partial<Finding> = {}): Finding {
  return {
    kind: "finding",
    symptom: "dead-relu",
    severity: "warning",
    state: "open",
    layers: ["dense_1"],
    firstStep: 20,
    lastStep: 40,
    detectedStep: 20,
    message: "61 % of the ReLU units of dense_1 are dead.",
    evidence: [],
    anchor: { file: "/w/a.train.json", line: 3, column: 5 },
    remedies: [],
    cause: null,
    consequences: [],
    notChecked: [],
    lesson: "Lesson 001",
    ...change,
  };
}

export function aRunEvent(change: Partial<RunEvent> = {}): RunEvent {
  return runEvent({
    id: "20261121-101500-a",
    name: "a",
    file: "/w/a.train.json",
    started: "2026-11-21T10:15:00.000Z",
    ...change,
  });
}

export function aStep(step: number): StepEvent {
  return stepEvent({ step, seconds: step / 100, loss: 0.3125 }) as StepEvent;
}

export function anEpoch(epoch: number): EpochEvent {
  const train = { loss: 0.3, accuracy: 0.98 };
  return { ...epochEvent(epoch, train, { loss: 0.4, accuracy: 0.9721 }), step: epoch * 10 };
}

export function anEnd(status: EndEvent["status"], change: Partial<EndEvent> = {}): EndEvent {
  return {
    kind: "end",
    status,
    step: 100,
    epoch: 10,
    seconds: 1,
    error: null,
    cause: null,
    anchor: null,
    bestEpoch: null,
    train: { loss: 0.3 },
    validation: { loss: 0.4, accuracy: 0.9721 },
    test: null,
    ...change,
  };
}

export function aRun(change: Partial<RunLook> = {}): RunLook {
  return {
    id: "20261121-101500-a",
    run: aRunEvent(),
    step: aStep(1240),
    epoch: anEpoch(3),
    end: undefined,
    best: undefined,
    error: null,
    status: "running",
    findings: [],
    ...change,
  };
}
