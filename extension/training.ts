/** Starts a training from the editor, and says so when it fails. */
import * as vscode from "vscode";
import { readRecipe } from "../recipe/read.ts";
import { launchTrainer, type TrainRequest } from "../runs/launch.ts";
import { exitReason } from "../runs/reason.ts";
import type { RunSession } from "../runs/session.ts";
import { backendsEnvironment } from "../runs/setup/folders.ts";
import type { RunStore } from "../runs/store.ts";
import { createRunFolder } from "../telemetry/files/folder.ts";
import { chooseNode } from "./node.ts";
import { type Roots, recipeName } from "./recipes.ts";

export interface TrainingParts {
  store: RunStore;
  roots: Roots;
  /** The bundled trainer, absolute. */
  trainer: string;
  /** Where GPU backends were set up, absolute. */
  storage: string;
  log: vscode.LogOutputChannel;
}

/** What makes a training more than the recipe alone. */
type Options = Pick<TrainRequest, "resume" | "fold" | "test">;

export class Training {
  readonly #parts: TrainingParts;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
  }

  /**
   * Trains a recipe as it stands in the editor; what cannot be trained gets one message, and its place.
   * @returns the run, where one was started
   */
  async start(file: vscode.Uri, options: Options = {}): Promise<RunSession | undefined> {
    const document = await this.ready(file);
    if (!document) return undefined;
    const { tabGroups } = vscode.window;
    if (tabGroups.all.every(({ tabs }) => tabs.length === 0)) {
      await vscode.window.showTextDocument(document); // the dashboard goes beside what it is about
    }
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Starting ${recipeName(file)}` },
      () => this.#launch(file, options),
    );
  }

  /** Saves a recipe and reads it; says why where nothing can be run of it. */
  async ready(file: vscode.Uri): Promise<vscode.TextDocument | undefined> {
    if (!vscode.workspace.isTrusted) {
      await refuseUntrusted();
      return undefined;
    }
    const document = await vscode.workspace.openTextDocument(file);
    if (document.isDirty && !(await document.save())) return undefined;
    const [problem] = readRecipe(document.getText()).problems;
    if (!problem) return document;
    await showMistake(document, problem);
    return undefined;
  }

  /** What the trainer is started with, by the settings. */
  request(file: vscode.Uri): Omit<TrainRequest, "folder"> {
    const { trainer, storage } = this.#parts;
    const settings = vscode.workspace.getConfiguration("vitals", file);
    const node = chooseNode(settings.get("node", "node"));
    return {
      file: file.fsPath,
      trainer,
      node: node.path,
      env: { ...backendsEnvironment(storage), ...node.env },
      backend: settings.get("backend", "auto"),
    };
  }

  async #launch(file: vscode.Uri, options: Options): Promise<RunSession> {
    const { store, roots, log } = this.#parts;
    const folder = createRunFolder(roots.of(file), file.fsPath);
    const request = this.request(file);
    const launched = await launchTrainer({ ...request, folder, ...options });
    log.info(`Training ${file.fsPath} in ${folder}, process ${launched.pid}, by ${request.node}.`);
    const session = store.open(folder);
    this.#tellFailure(session);
    launched.exited.then((exit) => {
      log.info(`${session.id}: the trainer exited with ${exit.code ?? exit.signal}.`);
      session.processExited(exitReason(folder, exit));
    });
    return session;
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
