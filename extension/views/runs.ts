/** The Vitals tree: runs, what is wrong with them, and what to do about it. */
import * as vscode from "vscode";
import { byCause } from "../../diagnosis/consequences.ts";
import type { Finding, RemedyOffer } from "../../diagnosis/finding.ts";
import type { RunSession } from "../../runs/session.ts";
import type { RunStore } from "../../runs/store.ts";
import { Coalesce } from "../coalesce.ts";
import type { FindingTarget, RemedyTarget, RunTarget } from "../commands/ids.ts";
import { asCommand } from "../commands/register.ts";
import { Disposable } from "../disposable.ts";
import { findingRow, type Row, remedyRow, runRow } from "./runRows.ts";

const REFRESH_MS = 500;

/** A line of the tree; commands take these as their targets. */
type Line =
  | (RunTarget & { kind: "run"; session: RunSession })
  | (FindingTarget & { kind: "finding"; finding: Finding; consequences: Finding[] })
  | (RemedyTarget & { kind: "remedy"; offer: RemedyOffer });

export class RunsView extends Disposable implements vscode.TreeDataProvider<Line> {
  readonly #store: RunStore;
  readonly #changed = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #refresh = this.register(new Coalesce(REFRESH_MS, () => this.#fire()));
  #drawn = "";

  constructor(store: RunStore) {
    super();
    this.#store = store;
    this.register({ dispose: store.onChange(() => this.#refresh.ask()) });
    this.register(vscode.window.registerTreeDataProvider("vitals.runs", this));
  }

  getChildren(line?: Line): Line[] {
    if (!line) {
      return this.#store.sessions.map((session) => ({ kind: "run", run: session.id, session }));
    }
    if (line.kind === "run") {
      const { run, session } = line;
      return byCause(session.findings).map(({ finding, consequences }) => {
        return { kind: "finding", run, symptom: finding.symptom, finding, consequences };
      });
    }
    if (line.kind === "finding") {
      const { run, symptom, finding } = line;
      const remedies = offered(finding).map((offer): Line => {
        return { kind: "remedy", run, symptom, remedy: offer.id, offer };
      });
      const consequences = line.consequences.map((effect): Line => {
        return { kind: "finding", run, symptom: effect.symptom, finding: effect, consequences: [] };
      });
      return [...remedies, ...consequences];
    }
    return [];
  }

  getTreeItem(line: Line): vscode.TreeItem {
    switch (line.kind) {
      case "run": {
        const { session, run } = line;
        const item = itemOf(run, runRow(session), session.findings.length > 0);
        item.contextValue = `run.${session.status}`;
        item.command = asCommand("vitals.openDashboard", "Open Dashboard", { run });
        return item;
      }
      case "finding": {
        const { run, symptom, finding, consequences } = line;
        const open = offered(finding).length + consequences.length > 0;
        const item = itemOf(`${run}/${symptom}`, findingRow(finding), open);
        item.contextValue = "finding";
        item.command = asCommand("vitals.reveal", "Show in Source", { run, symptom });
        return item;
      }
      case "remedy": {
        const { run, symptom, remedy, offer } = line;
        const item = itemOf(`${run}/${symptom}/${remedy}`, remedyRow(offer), false);
        item.contextValue = "remedy";
        item.command = asCommand("vitals.applyFix", "Apply", { run, symptom, remedy });
        return item;
      }
    }
  }

  /** Redraws only what is to be read differently: a tree that redraws loses the pointer's tooltip. */
  #fire(): void {
    const drawn = JSON.stringify(
      this.#store.sessions.map((session) => [
        session.id,
        runRow(session),
        session.findings.map((finding) => [findingRow(finding), finding.cause, finding.remedies]),
      ]),
    );
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#changed.fire(undefined);
  }
}

/** What is over needs no remedy. */
function offered({ state, remedies }: Finding): RemedyOffer[] {
  return state === "open" ? remedies : [];
}

function itemOf(id: string, row: Row, hasChildren: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(
    row.label,
    hasChildren ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  // A line that gets its first children is a new line to the editor, which then shows them.
  item.id = hasChildren ? `${id}/` : id;
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  return item;
}
