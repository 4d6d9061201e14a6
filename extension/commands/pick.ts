/** Which run a command means: the one named, the only one there is, or the one that the user picks. */
import * as vscode from "vscode";
import type { RunSession } from "../../runs/session.ts";
import type { RunStore } from "../../runs/store.ts";
import { nameOf, stepOf } from "../look.ts";
import { count } from "../numbers.ts";
import type { RunTarget } from "./ids.ts";

export async function pickRun(
  store: RunStore,
  target: RunTarget | undefined,
  fits: (session: RunSession) => boolean,
): Promise<RunSession | undefined> {
  if (target) {
    const named = store.get(target.run);
    return named && fits(named) ? named : undefined;
  }
  const candidates = store.sessions.filter(fits);
  if (candidates.length < 2) return candidates[0];
  const items = candidates.map((session) => ({
    label: nameOf(session),
    description: `step ${count(stepOf(session))}`,
    detail: session.id,
    session,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: "Which run?" }))?.session;
}
