/** `Vitals: Set Up GPU Training…`: installs what a faster backend needs, and shows that it works. */
import { join } from "node:path";
import * as vscode from "vscode";
import { type Offer, offersFor } from "../../runs/setup/kinds.ts";
import { inspectMachine, type Machine } from "../../runs/setup/machine.ts";
import { setUp } from "../../runs/setup/setUp.ts";
import { Cancelled } from "../../runs/setup/watch.ts";
import { chooseNode } from "../node.ts";
import { runCommand } from "./register.ts";

export interface SetUpParts {
  /** Where backends are kept, absolute. */
  storage: string;
  /** The bundled trainer, absolute. */
  trainer: string;
  log: vscode.LogOutputChannel;
}

export function setUpGpu(parts: SetUpParts) {
  return async (): Promise<void> => {
    const machine = await inspectMachine();
    const offer = await pick(offersFor(machine));
    if (!offer) return;
    try {
      const device = await runSetUp(offer, machine, parts);
      await tellSuccess(`${offer.title} is set up: training now computes on ${device}.`);
    } catch (error) {
      await tellFailure(error as Error, parts.log);
    }
  };
}

async function pick(offers: Offer[]): Promise<Offer | undefined> {
  const items = offers.map((offer, i) => ({
    label: offer.title,
    ...(i === 0 && { description: "recommended on this machine" }),
    detail: offer.reason,
    offer,
  }));
  const placeHolder = "What shall training compute on?";
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.offer;
}

function runSetUp(
  { kind, title }: Offer,
  machine: Machine,
  { storage, trainer, log }: SetUpParts,
): Thenable<string> {
  const setting = vscode.workspace.getConfiguration("vitals").get("node", "node");
  const request = {
    kind,
    machine,
    storage,
    trainer,
    node: chooseNode(setting),
    pythons: pythonPrograms(),
  };
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Setting up ${title}`,
      cancellable: true,
    },
    (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort(new Cancelled()));
      return setUp(request, {
        signal: controller.signal,
        step: (message) => progress.report({ message }),
        log: (line) => log.info(line),
      });
    },
  );
}

/** The workspace's own environments first, then the Python extension's choice. */
function pythonPrograms(): string[] {
  const environments = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
    [".venv", "venv"].map((name) => join(uri.fsPath, name, "bin", "python")),
  );
  const chosen = vscode.workspace.getConfiguration("python").get<string>("defaultInterpreterPath");
  return [...environments, ...(chosen ? [chosen] : []), "python3", "python"];
}

async function tellSuccess(message: string): Promise<void> {
  const train = "Train";
  if ((await vscode.window.showInformationMessage(message, train)) === train) {
    await runCommand("vitals.train");
  }
}

async function tellFailure(error: Error, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof Cancelled) {
    vscode.window.showInformationMessage(`${error.message} Nothing was changed.`);
    return;
  }
  log.error(error.message);
  const show = "Show Log";
  if ((await vscode.window.showErrorMessage(error.message, show)) === show) log.show();
}
