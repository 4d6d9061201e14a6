/** Starts a training from the editor, and says so when it fails. */
import * as vscode from "vscode";
import { readRecipe } from "../recipe/read.ts";
import { launchTrainer } from "../runs/launch.ts";
import { exitReason } from "../runs/reason.ts";
import type { RunSession } from "../runs/session.ts";
import type { RunStore } from "../runs/store.ts";
import { createRunFolder } from "../telemetry/files/folder.ts";
import { chooseNode } from "./node.ts";
import { type Roots, recipeName } from "./recipes.ts";

export interface TrainingParts {
  store: RunStore;
  roots: Roots;
  /** The bundled trainer, absolute. */
  trainer: string;
  log: vscode.LogOutputChannel;
}

export class Training {
  readonly #parts: TrainingParts;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
  }

  /** Trains a recipe as it stands in the editor; what cannot be trained gets one message, and its place. */
  async start(file: vscode.Uri): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      await refuseUntrusted();
      return;
    }
    const document = await vscode.workspace.openTextDocument(file);
    if (document.isDirty && !(await document.save())) return;
    const [problem] = readRecipe(document.getText()).problems;
    if (problem) {
      await showMistake(document, problem);
      return;
    }
    const { tabGroups } = vscode.window;
    if (tabGroups.all.every(({ tabs }) => tabs.length === 0)) {
      await vscode.window.showTextDocument(document); // the dashboard goes beside what it is about
    }
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Starting ${recipeName(file)}` },
      () => this.#launch(file),
    );
  }

  async #launch(file: vscode.Uri): Promise<void> {
    const { store, roots, trainer, log } = this.#parts;
    const setting = vscode.workspace.getConfiguration("vitals", file).get("node", "node");
    const node = chooseNode(setting);
    const folder = createRunFolder(roots.of(file), file.fsPath);
    const launched = await launchTrainer({
      file: file.fsPath,
      folder,
      trainer,
      node: node.path,
      env: node.env,
    });
    log.info(`Training ${file.fsPath} in ${folder}, process ${launched.pid}, by ${node.path}.`);
    const session = store.open(folder);
    this.#tellFailure(session);
    launched.exited.then((exit) => {
      log.info(`${session.id}: the trainer exited with ${exit.code ?? exit.signal}.`);
      session.processExited(exitReason(folder, exit));
    });
  }

  #tellFailure(session: RunSession): void {
    const stop = session.onChange(() => {
      if (session.status === "running" || session.status === "paused") return;
      stop();
      if (session.status !== "failed") return;
      const reason = session.error ?? "The training failed.";
      this.#parts.log.error(`${session.id}: ${reason}`);
      vscode.window.showErrorMessage(reason);
    });
  }
}

async function refuseUntrusted(): Promise<void> {
  const manage = "Manage Workspace Trust";
  const choice = await vscode.window.showWarningMessage(
    "Training runs what the files of this workspace say: trust the workspace first.",
    manage,
  );
  if (choice === manage) await vscode.commands.executeCommand("workbench.trust.manage");
}

async function showMistake(
  document: vscode.TextDocument,
  problem: { message: string; offset: number; length: number; line: number; column: number },
): Promise<void> {
  const show = "Show";
  const name = vscode.workspace.asRelativePath(document.uri);
  const place = `${name}:${problem.line}:${problem.column}`;
  if ((await vscode.window.showErrorMessage(`${place} ${problem.message}`, show)) !== show) return;
  const at = document.positionAt(problem.offset);
  const end = document.positionAt(problem.offset + problem.length);
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(at, end),
  });
}
