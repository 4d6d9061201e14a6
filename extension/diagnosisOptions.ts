/** What the user changes of the diagnosis: in the editor's settings, and in the nearest `.vitals.json`. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { findOptions, OPTIONS_FILE } from "../runs/options/find.ts";
import { mergeOptions, readOptions, type WrittenOptions } from "../runs/options/read.ts";
import type { OptionsOf, RunStore } from "../runs/store.ts";
import { Coalesce } from "./coalesce.ts";
import { Disposable } from "./disposable.ts";

const SETTLE_MS = 300;

export function isOptions(file: vscode.Uri): boolean {
  return file.scheme === "file" && basename(file.fsPath) === OPTIONS_FILE;
}

/** A file with mistakes holds for nothing: its mistakes are Problems of their own. */
export function diagnosisOptions(log: vscode.LogOutputChannel): OptionsOf {
  return (path) => mergeOptions(settingsFor(path, log), findOptions(path)?.written);
}

function settingsFor(path: string, log: vscode.LogOutputChannel): WrittenOptions | undefined {
  const settings = vscode.workspace.getConfiguration("vitals", vscode.Uri.file(path));
  const { written, problems } = readOptions(
    JSON.stringify({
      silence: settings.get("silence", []),
      thresholds: settings.get("thresholds", {}),
    }),
  );
  for (const { message } of problems) log.warn(`The settings of the diagnosis: ${message}`);
  return written;
}

/** Has the runs judged anew where the settings or a `.vitals.json` change. */
export class OptionsWatch extends Disposable {
  constructor(store: RunStore) {
    super();
    const update = this.register(new Coalesce(SETTLE_MS, () => store.judgeAnew()));
    const { workspace } = vscode;
    this.register(
      workspace.onDidChangeConfiguration((change) => {
        if (["silence", "thresholds"].some((key) => change.affectsConfiguration(`vitals.${key}`))) {
          update.ask();
        }
      }),
    );
    const files = this.register(workspace.createFileSystemWatcher(`**/${OPTIONS_FILE}`));
    for (const happened of [files.onDidCreate, files.onDidChange, files.onDidDelete]) {
      this.register(happened(() => update.ask()));
    }
  }
}
