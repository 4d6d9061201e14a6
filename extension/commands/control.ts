/** Stop, pause and resume a training. */
import { pauseRun, resumeRun, stopRun } from "../../runs/control.ts";
import type { RunStore } from "../../runs/store.ts";
import { isLive } from "../look.ts";
import type { RunTarget } from "./ids.ts";
import { pickRun } from "./pick.ts";

/** The trainer finishes its step, keeps its weights and ends. */
export function stop(store: RunStore) {
  return async (target?: RunTarget): Promise<void> => {
    const session = await pickRun(store, target, isLive);
    if (session) stopRun(session.folder);
  };
}

/** Pauses what runs, and resumes what is paused. */
export function pauseOrResume(store: RunStore) {
  return async (target?: RunTarget): Promise<void> => {
    const session = await pickRun(store, target, isLive);
    if (!session) return;
    if (session.status === "paused") resumeRun(session.folder);
    else pauseRun(session.folder);
    store.refresh();
  };
}

export function pause(store: RunStore) {
  return async (target?: RunTarget): Promise<void> => {
    const session = await pickRun(store, target, ({ status }) => status === "running");
    if (!session) return;
    pauseRun(session.folder);
    store.refresh();
  };
}

export function resume(store: RunStore) {
  return async (target?: RunTarget): Promise<void> => {
    const session = await pickRun(store, target, ({ status }) => status === "paused");
    if (!session) return;
    resumeRun(session.folder);
    store.refresh();
  };
}
