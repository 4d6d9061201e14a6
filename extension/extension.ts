/** Builds the parts of the extension and connects them. */
import * as vscode from "vscode";
import { RunStore } from "../runs/store.ts";
import { pause, pauseOrResume, resume, stop } from "./commands/control.ts";
import { explain } from "./commands/explain.ts";
import { openOutput } from "./commands/output.ts";
import { registerCommands } from "./commands/register.ts";
import { applyFix, reveal } from "./commands/source.ts";
import { train } from "./commands/train.ts";
import { trainFile } from "./commands/trainFile.ts";
import { ContextKeys } from "./context.ts";
import type { Disposes } from "./disposable.ts";
import { FixActions } from "./editor/actions.ts";
import { Mistakes } from "./editor/mistakes.ts";
import { Problems } from "./editor/problems.ts";
import { Roots } from "./recipes.ts";
import { Training } from "./training.ts";
import { Dashboard } from "./views/dashboard.ts";
import { NewRuns } from "./views/newRuns.ts";
import { RunsView } from "./views/runs.ts";
import { StatusItem } from "./views/status.ts";

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions, workspaceState } = context;
  const own = <T extends Disposes>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel("Training Vitals", { log: true }));
  const roots = new Roots();
  const store = own(new RunStore(() => roots.all()));
  const dashboard = own(new Dashboard(store, extensionUri));
  const problems = own(new Problems(store, extensionUri));
  const training = new Training({
    store,
    roots,
    trainer: vscode.Uri.joinPath(extensionUri, "dist", "trainer.cjs").fsPath,
    log,
  });
  own(new ContextKeys(store));
  own(new RunsView(store));
  own(new StatusItem(store));
  own(new NewRuns(store, dashboard, workspaceState));
  own(new Mistakes());
  own(FixActions.register(problems));
  own(
    registerCommands(
      {
        "vitals.train": train(training, vscode.Uri.joinPath(extensionUri, "README.md")),
        "vitals.trainFile": trainFile(training),
        "vitals.stop": stop(store),
        "vitals.pauseOrResume": pauseOrResume(store),
        "vitals.pause": pause(store),
        "vitals.resume": resume(store),
        "vitals.openDashboard": (target) => dashboard.show(target?.run),
        "vitals.openOutput": openOutput(store),
        "vitals.reveal": reveal(store, dashboard),
        "vitals.explain": explain(extensionUri),
        "vitals.applyFix": applyFix(store, dashboard),
      },
      log,
    ),
  );
  log.info(`Training Vitals is ready; ${store.sessions.length} runs are known.`);
}

/** Trainers are left alone: they outlive the editor, and are found again by their run folders. */
export function deactivate(): void {}
