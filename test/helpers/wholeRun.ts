/** Runs from their first step to their end, given by the loss of each step. */
import type { Finding } from "../../diagnosis/finding.ts";
import type { RunEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { diagnose } from "./diagnose.ts";
import { endEvent, epochEvent, runEvent, stepEvent } from "./events.ts";

export const PER_EPOCH = 20;

/** @param loss of each step, the first is 1; an epoch has 20 */
export function wholeRun(
  loss: (step: number) => number,
  { epochs = 10, ...run }: Partial<RunEvent> = {},
  step: Partial<Parameters<typeof stepEvent>[0]> = {},
): TelemetryEvent[] {
  const events: TelemetryEvent[] = [runEvent({ stepsPerEpoch: PER_EPOCH, epochs, ...run })];
  for (let i = 1; i <= PER_EPOCH * epochs; i++) {
    events.push(stepEvent({ ...step, step: i, loss: loss(i) }));
    if (i % PER_EPOCH === 0) {
      events.push({ ...epochEvent(i / PER_EPOCH, { loss: loss(i) }, null), step: i });
    }
  }
  events.push(endEvent({ step: PER_EPOCH * epochs, epoch: epochs }));
  return events;
}

/** The findings that count: errors and warnings. */
export function troubleIn(events: readonly TelemetryEvent[]): Finding[] {
  return diagnose(events).filter(({ severity }) => severity !== "info");
}
