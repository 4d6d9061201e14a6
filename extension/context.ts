/** The keys that `when` clauses of the manifest ask for. */
import * as vscode from "vscode";
import type { RunStore } from "../runs/store.ts";
import { Disposable } from "./disposable.ts";
import { currentRun, isLive } from "./look.ts";

type ContextKey = "vitals.hasRuns" | "vitals.running" | "vitals.paused";

/** Keeps the keys as the runs are; a key is set only when it changes. */
export class ContextKeys extends Disposable {
  readonly #set = new Map<ContextKey, boolean>();
  readonly #store: RunStore;

  constructor(store: RunStore) {
    super();
    this.#store = store;
    this.register({ dispose: store.onChange(() => this.#update()) });
    this.#update();
  }

  #update(): void {
    const sessions = this.#store.sessions;
    this.#put("vitals.hasRuns", sessions.length > 0);
    this.#put("vitals.running", sessions.some(isLive));
    this.#put("vitals.paused", currentRun(sessions)?.status === "paused");
  }

  #put(key: ContextKey, value: boolean): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    vscode.commands.executeCommand("setContext", key, value);
  }
}
