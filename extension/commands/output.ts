/** Opens what the trainer printed. */
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunStore } from "../../runs/store.ts";
import { LOG_FILE } from "../../telemetry/files/folder.ts";
import type { RunTarget } from "./ids.ts";
import { pickRun } from "./pick.ts";

export function openOutput(store: RunStore) {
  return async (target?: RunTarget): Promise<void> => {
    const session = await pickRun(store, target, () => true);
    if (!session) return;
    const file = vscode.Uri.file(join(session.folder, LOG_FILE));
    await vscode.window.showTextDocument(file, { preview: true });
  };
}
