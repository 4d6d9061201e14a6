/** Opens the dashboard when a training starts, whoever started it: the editor, a terminal, a task. */
import * as vscode from "vscode";
import type { RunStore } from "../../runs/store.ts";
import { isAlive } from "../../telemetry/files/follower.ts";
import { Disposable } from "../disposable.ts";
import type { Dashboard } from "./dashboard.ts";

const SHOWN = "vitals.shownRun";

export class NewRuns extends Disposable {
  readonly #store: RunStore;
  readonly #dashboard: Dashboard;
  readonly #memory: vscode.Memento;

  constructor(store: RunStore, dashboard: Dashboard, memory: vscode.Memento) {
    super();
    this.#store = store;
    this.#dashboard = dashboard;
    this.#memory = memory;
    this.register({ dispose: store.onChange(() => this.#look()) });
  }

  /** Each run is shown once: who closes the dashboard is not asked again, after a reload neither. */
  #look(): void {
    const [newest] = this.#store.sessions;
    if (newest?.status !== "running" || !newest.run || !isAlive(newest.run)) return;
    if (this.#memory.get(SHOWN) === newest.id) return;
    this.#memory.update(SHOWN, newest.id);
    const wanted = vscode.workspace.getConfiguration("vitals").get("openDashboard", true);
    if (wanted) this.#dashboard.show(newest.id);
  }
}
