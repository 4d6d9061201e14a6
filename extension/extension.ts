/** Builds the parts of the extension and connects them. */
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { backendsEnvironment } from "../runs/setup/folders.ts";
import { RunStore } from "../runs/store.ts";
import { continueRun } from "./commands/continueRun.ts";
import { pause, pauseOrResume, resume, stop } from "./commands/control.ts";
import { crossValidate } from "./commands/crossValidate.ts";
import { explain } from "./commands/explain.ts";
import { findLearningRate } from "./commands/findLearningRate.ts";
import { openOutput } from "./commands/output.ts";
import { checkBeforeTraining } from "./commands/preflight.ts";
import { registerCommands } from "./commands/register.ts";
import { setUpGpu } from "./commands/setUpGpu.ts";
import { applyFix, reveal } from "./commands/source.ts";
import { train } from "./commands/train.ts";
import { trainAndTest } from "./commands/trainAndTest.ts";
import { trainFile } from "./commands/trainFile.ts";
import { ContextKeys } from "./context.ts";
import { diagnosisOptions, OptionsWatch } from "./diagnosisOptions.ts";
import type { Disposes } from "./disposable.ts";
import { FixActions } from "./editor/actions.ts";
import { SettingHovers } from "./editor/hover/provider.ts";
import { RangeTests } from "./editor/hover/rangeTests.ts";
import { LearningRateActions } from "./editor/learningRateActions.ts";
import { Mistakes } from "./editor/mistakes.ts";
import { PreflightProblems } from "./editor/preflightProblems.ts";
import { Problems } from "./editor/problems.ts";
import { Roots } from "./recipes.ts";
import { Training } from "./training.ts";
import { Dashboard } from "./views/dashboard.ts";
import { NewRuns } from "./views/newRuns.ts";
import { PreflightPages } from "./views/preflightPages.ts";
import { RunsView } from "./views/runs.ts";
import { StatusItem } from "./views/status.ts";

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, globalStorageUri, subscriptions, workspaceState } = context;
  const own = <T extends Disposes>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel("Training Vitals", { log: true }));
  const roots = new Roots();
  const optionsOf = diagnosisOptions(log);
  const store = own(new RunStore(() => roots.all(), optionsOf));
  const dashboard = own(new Dashboard(store, extensionUri));
  const problems = own(new Problems(store, extensionUri));
  const trainer = vscode.Uri.joinPath(extensionUri, "dist", "trainer.cjs").fsPath;
  const storage = vscode.Uri.joinPath(globalStorageUri, "backends").fsPath;
  const rangeTests = new RangeTests();
  const preflightProblems = own(new PreflightProblems(store, extensionUri));
  const pages = own(new PreflightPages(extensionUri));
  const training = new Training({ store, roots, trainer, storage, log });
  if (existsSync(storage)) offerToTerminals(context, storage);
  own(new OptionsWatch(store));
  own(new ContextKeys(store));
  own(new RunsView(store));
  own(new StatusItem(store));
  own(new NewRuns(store, dashboard, workspaceState));
  own(new Mistakes());
  own(FixActions.register(problems, preflightProblems));
  own(SettingHovers.register(store, rangeTests));
  own(LearningRateActions.register(rangeTests));
  own(
    registerCommands(
      {
        "vitals.train": train(training, vscode.Uri.joinPath(extensionUri, "README.md")),
        "vitals.trainFile": trainFile(training),
        "vitals.trainAndTest": trainAndTest(training),
        "vitals.crossValidate": crossValidate(training),
        "vitals.preflight": checkBeforeTraining({
          training,
          optionsOf,
          problems: preflightProblems,
          pages,
        }),
        "vitals.findLearningRate": findLearningRate(training, rangeTests),
        "vitals.continueRun": continueRun(store, training),
        "vitals.stop": stop(store),
        "vitals.pauseOrResume": pauseOrResume(store),
        "vitals.pause": pause(store),
        "vitals.resume": resume(store),
        "vitals.openDashboard": (target) => dashboard.show(target?.run),
        "vitals.openOutput": openOutput(store),
        "vitals.setUpGpu": setUpGpu({ storage, trainer, log }),
        "vitals.reveal": reveal(store, dashboard),
        "vitals.explain": explain(extensionUri),
        "vitals.applyFix": applyFix(store, dashboard),
      },
      log,
    ),
  );
  log.info(`Training Vitals is ready; ${store.sessions.length} runs are known.`);
}

/** The command finds in a terminal of the editor what the editor finds. */
function offerToTerminals(context: vscode.ExtensionContext, storage: string): void {
  const { environmentVariableCollection } = context;
  environmentVariableCollection.description = "Where Training Vitals keeps its GPU backends";
  for (const [name, value] of Object.entries(backendsEnvironment(storage))) {
    environmentVariableCollection.replace(name, value);
  }
}

/** Trainers are left alone: they outlive the editor, and are found again by their run folders. */
export function deactivate(): void {}
