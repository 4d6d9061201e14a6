/** All that the dashboard page is told of the runs, but the curves. Pure. */
import type { RunSession } from "../../runs/session.ts";
import type { PageState, Progress, RunItem, RunView } from "../../webview/protocol.ts";
import { nameOf, type RunLook, startedOf, stepOf } from "../look.ts";

/** A run with its curves; a `RunSession` is one. */
export type ShownRun = RunLook & Pick<RunSession, "curves">;

/** @param shown the run whose dashboard it is; undefined while there is none */
export function pageState(newestFirst: readonly RunLook[], shown: ShownRun | undefined): PageState {
  return { runs: newestFirst.map(itemOf), run: shown ? viewOf(shown) : null };
}

function itemOf(look: RunLook): RunItem {
  return { id: look.id, name: nameOf(look), status: look.status, started: startedOf(look) };
}

function viewOf(shown: ShownRun): RunView {
  const { best } = shown;
  return {
    ...itemOf(shown),
    error: shown.error,
    info: shown.run ?? null,
    progress: progressOf(shown),
    best: best
      ? { epoch: best.epoch, step: best.step, loss: best.validation?.["loss"] ?? Number.NaN }
      : null,
    lastStep: stepOf(shown),
    curves: shown.curves.names,
    findings: shown.findings,
  };
}

function progressOf({ step, epoch }: RunLook): Progress | null {
  if (!step) return null;
  return {
    step: step.step,
    epoch: step.epoch,
    seconds: step.seconds,
    stepsPerSecond: step.seconds > 0 ? step.step / step.seconds : 0,
    loss: step.loss,
    train: epoch?.train ?? null,
    validation: epoch?.validation ?? null,
  };
}
