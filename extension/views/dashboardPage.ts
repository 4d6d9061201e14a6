/** One dashboard page: tells it the state while it is visible, and does what it asks for. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { RunSession } from "../../runs/session.ts";
import type { RunStore } from "../../runs/store.ts";
import { pack } from "../../telemetry/packed.ts";
import type { Stretch } from "../../telemetry/series.ts";
import type { CurveQuery, FromPage, PageState, ToPage } from "../../webview/protocol.ts";
import { Coalesce } from "../coalesce.ts";
import type { FindingTarget } from "../commands/ids.ts";
import { runCommand } from "../commands/register.ts";
import { Disposable } from "../disposable.ts";
import { currentRun } from "../look.ts";
import { pageHtml } from "./html.ts";
import { pageState } from "./pageState.ts";

const SEND_MS = 100;

export class DashboardPage extends Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #store: RunStore;
  /** The run that was asked for; undefined follows the newest. */
  #chosen: string | undefined;
  /** What the page shows: it names findings by their place in this. */
  #sent: PageState | undefined;
  /** Whether the page's script listens; it does not while hidden, or before it began. */
  #ready = false;
  readonly #send = this.register(new Coalesce(SEND_MS, () => this.#sendState()));

  constructor(
    panel: vscode.WebviewPanel,
    store: RunStore,
    extension: vscode.Uri,
    chosen: string | undefined,
  ) {
    super();
    this.#panel = panel;
    this.#store = store;
    this.#chosen = chosen;
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(extension, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extension, "media", "vitals-light.svg"),
      dark: vscode.Uri.joinPath(extension, "media", "vitals-dark.svg"),
    };
    this.register(webview.onDidReceiveMessage((message: FromPage) => this.#do(message)));
    this.register(
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.#send.ask();
        else this.#ready = false;
      }),
    );
    this.register({ dispose: store.onChange(() => this.#send.ask()) });
    webview.html = pageHtml({
      script: String(webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.js"))),
      style: String(webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.css"))),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("base64"),
    });
  }

  /** Shows a run; undefined follows the newest. */
  choose(run: string | undefined): void {
    this.#chosen = run;
    this.#sendState();
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  /** Brings the page to the front without taking the keyboard from the editor. */
  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  focus({ run, symptom }: FindingTarget): void {
    this.choose(run);
    const finding = this.#sent?.run?.findings.findIndex((f) => f.symptom === symptom) ?? -1;
    if (finding >= 0) this.#post({ type: "focus", finding });
  }

  get #run(): RunSession | undefined {
    const chosen = this.#chosen === undefined ? undefined : this.#store.get(this.#chosen);
    return chosen ?? currentRun(this.#store.sessions);
  }

  #sendState(): void {
    if (!this.#ready || !this.#panel.visible) return;
    this.#sent = pageState(this.#store.sessions, this.#run);
    this.#post({ type: "state", state: this.#sent });
  }

  #post(message: ToPage): void {
    this.#panel.webview.postMessage(message);
  }

  #do(message: FromPage): unknown {
    switch (message.type) {
      case "ready":
        this.#ready = true;
        return this.#sendState();
      case "read":
        return this.#read(message.request, message.run, message.queries);
      case "select":
        return this.choose(message.run);
      case "train":
        return this.#train();
      case "stop":
        return runCommand("vitals.stop", { run: message.run });
      case "pause":
        return runCommand("vitals.pause", { run: message.run });
      case "resume":
        return runCommand("vitals.resume", { run: message.run });
      case "reveal":
        return this.#withFinding(message, (target) => runCommand("vitals.reveal", target));
      case "fix":
        return this.#withFinding(message, (target) =>
          runCommand("vitals.applyFix", { ...target, remedy: message.remedy }),
        );
    }
  }

  /** The recipe of the run that is shown, again; without a run, the user picks one. */
  #train(): unknown {
    const file = this.#run?.run?.file;
    return file === undefined
      ? runCommand("vitals.train")
      : runCommand("vitals.trainFile", vscode.Uri.file(file));
  }

  #read(request: number, run: string, queries: readonly CurveQuery[]): void {
    const curves = this.#store.get(run)?.curves;
    const packed = pack(
      queries.map(
        ({ curve, from, to, pixels }) => curves?.get(curve)?.stretch(from, to, pixels) ?? NOTHING,
      ),
    );
    this.#post({ type: "curves", request, packed });
  }

  #withFinding(
    { run, finding }: { run: string; finding: number },
    act: (target: FindingTarget) => unknown,
  ): unknown {
    const shown = this.#sent?.run;
    const symptom = shown?.id === run ? shown.findings[finding]?.symptom : undefined;
    return symptom && act({ run, symptom });
  }
}

const NO_POINTS = new Float64Array(0);
const NOTHING: Stretch = { x: NO_POINTS, y: NO_POINTS, marksX: NO_POINTS, marksY: NO_POINTS };
