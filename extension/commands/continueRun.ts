/** `Vitals: Continue from Checkpoint…`: a new run that goes on where an earlier one stopped. */
import { readdirSync } from "node:fs";
import * as vscode from "vscode";
import type { RunSession } from "../../runs/session.ts";
import type { RunStore } from "../../runs/store.ts";
import { CHECKPOINT_FILE } from "../../telemetry/files/folder.ts";
import { isLive } from "../look.ts";
import type { Training } from "../training.ts";
import type { RunTarget } from "./ids.ts";
import { pickRun } from "./pick.ts";

export function continueRun(store: RunStore, training: Training) {
  return async (target?: RunTarget): Promise<void> => {
    const session = await pickRun(store, target, (each) => !isLive(each) && hasCheckpoint(each));
    if (session?.run) {
      await training.start(vscode.Uri.file(session.run.file), { resume: session.folder });
    } else if (target || !store.sessions.some(hasCheckpoint)) {
      vscode.window.showInformationMessage(
        'There is no checkpoint to continue from: stop a run in order, or add "checkpoints": { "every": 5 } to the recipe.',
      );
    }
  };
}

function hasCheckpoint({ folder, run }: RunSession): boolean {
  return run !== undefined && readdirSync(folder).some((file) => CHECKPOINT_FILE.test(file));
}
