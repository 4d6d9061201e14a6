/** The one item of the status bar: how the current run does. */
import * as vscode from "vscode";
import type { RunStore } from "../../runs/store.ts";
import { Coalesce } from "../coalesce.ts";
import { asCommand } from "../commands/register.ts";
import { Disposable } from "../disposable.ts";
import { currentRun } from "../look.ts";
import { statusText } from "./statusText.ts";

const REFRESH_MS = 250;

export class StatusItem extends Disposable {
  readonly #store: RunStore;
  readonly #item = this.register(
    vscode.window.createStatusBarItem("vitals.status", vscode.StatusBarAlignment.Left, 50),
  );
  readonly #refresh = this.register(new Coalesce(REFRESH_MS, () => this.#show()));

  constructor(store: RunStore) {
    super();
    this.#store = store;
    this.#item.name = "Training Vitals";
    this.#item.command = asCommand("vitals.openDashboard", "Open Dashboard");
    this.register({ dispose: store.onChange(() => this.#refresh.ask()) });
    this.#show();
  }

  #show(): void {
    const run = currentRun(this.#store.sessions);
    if (!run) {
      this.#item.hide();
      return;
    }
    const { text, tooltip, spoken, alarming } = statusText(run);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: spoken, role: "button" };
    this.#item.backgroundColor = alarming
      ? new vscode.ThemeColor("statusBarItem.warningBackground")
      : undefined;
    this.#item.show();
  }
}
