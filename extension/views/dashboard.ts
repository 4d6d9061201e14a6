/** The dashboard beside the editor: opened, restored after a reload, and kept up to date while it is seen. */
import * as vscode from "vscode";
import type { RunStore } from "../../runs/store.ts";
import type { FindingTarget } from "../commands/ids.ts";
import { Disposable } from "../disposable.ts";
import { DashboardPage } from "./dashboardPage.ts";

const VIEW_TYPE = "vitals.dashboard";

export class Dashboard extends Disposable implements vscode.WebviewPanelSerializer {
  readonly #store: RunStore;
  readonly #extension: vscode.Uri;
  #page: DashboardPage | undefined;

  constructor(store: RunStore, extension: vscode.Uri) {
    super();
    this.#store = store;
    this.#extension = extension;
    this.register(vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this));
  }

  /** Shows a run beside what is being edited; without a name, the newest that is live, else the newest. */
  show(run?: string): void {
    if (this.#page) this.#page.reveal();
    else {
      const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, "Training Vitals", beside), run);
    }
    this.#page?.choose(run);
  }

  /** Shows a finding's stretch of the charts, where the dashboard is open. */
  focus(target: FindingTarget): void {
    this.#page?.focus(target);
  }

  /** Where source is opened: beside the dashboard, not over it. */
  get sourceColumn(): vscode.ViewColumn {
    const { One, Two } = vscode.ViewColumn;
    return this.#page?.column === One ? Two : One;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const run = (state as { run?: unknown } | undefined)?.run;
    this.#adopt(panel, typeof run === "string" ? run : undefined);
  }

  #adopt(panel: vscode.WebviewPanel, run: string | undefined): void {
    const page = new DashboardPage(panel, this.#store, this.#extension, run);
    this.#page = page;
    panel.onDidDispose(() => {
      page.dispose();
      if (this.#page === page) this.#page = undefined;
    });
  }
}
