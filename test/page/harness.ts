/** The built page in a browser under the real content policy, with a fake editor around it. */
import { build } from "esbuild";
import type { Browser, Locator, Page } from "playwright-core";
import { pageHtml } from "../../extension/views/html.ts";
import type { ViewState } from "../../webview/host.ts";
import type { FromPage, PageState, ToPage } from "../../webview/protocol.ts";
import type { RecordedRun } from "./host.ts";
import { DARK_MODERN, dress } from "./themes.ts";

/** An origin that is not there: every request to it is answered here, and nothing listens on a port. */
const ORIGIN = "https://editor.invalid";
const HTML = pageHtml({
  script: "webview.js",
  style: "webview.css",
  cspSource: ORIGIN,
  nonce: "dGVzdA",
}).replace("<body>", '<body class="vscode-dark">');

let bundle: Promise<{ script: string; style: string }> | undefined;

async function bundled() {
  const { outputFiles } = await build({
    entryPoints: ["webview/page.ts"],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    outfile: "webview.js",
    write: false,
    logLevel: "warning",
  });
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}

export interface PageOptions {
  width?: number;
  height?: number;
  /** What the editor kept from the page before. */
  viewState?: Partial<ViewState>;
  theme?: Parameters<typeof dress>[1];
  /** Runs in the page before its own script. */
  before?: () => void;
}

/** An open page and what was said to it. */
export class Dashboard {
  readonly sent: FromPage[] = [];
  /** What the content policy forbade. */
  readonly violations: string[] = [];
  /** Errors and warnings on the console, but for those about the policy. */
  readonly complaints: string[] = [];
  readonly page: Page;
  #run: RecordedRun | null = null;
  /** Answers on their way. */
  #due = 0;
  /** Questions wait for `release` while this is set. */
  silent = false;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, options: PageOptions = {}): Promise<Dashboard> {
    bundle ??= bundled();
    const { script, style } = await bundle;
    const { width = 1200, height = 900, viewState, theme = DARK_MODERN } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    const dashboard = new Dashboard(page);
    page.on("pageerror", (error) => dashboard.complaints.push(String(error)));
    page.on("console", (message) => {
      const bad = message.type() === "error" || message.type() === "warning";
      if (bad && !message.text().includes("Content Security Policy")) {
        dashboard.complaints.push(message.text());
      }
    });
    await page.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") return route.fulfill({ contentType: "text/html", body: HTML });
      if (pathname === "/webview.css")
        return route.fulfill({ contentType: "text/css", body: style });
      if (pathname === "/webview.js") {
        return route.fulfill({ contentType: "text/javascript", body: script });
      }
      return route.fulfill({ status: 404 });
    });
    await page.exposeFunction("toEditor", (message: FromPage) => dashboard.#heard(message));
    await page.exposeFunction("violated", (what: string) => dashboard.violations.push(what));
    await page.addInitScript((kept) => {
      const scope = window as unknown as {
        toEditor(message: unknown): void;
        violated(what: string): void;
        acquireVsCodeApi(): unknown;
        kept: unknown;
      };
      scope.kept = kept;
      document.addEventListener("securitypolicyviolation", (event) => {
        scope.violated(`${event.effectiveDirective} ${event.sample}`);
      });
      scope.acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => scope.toEditor(message),
        getState: () => scope.kept ?? undefined,
        setState: (state: unknown) => {
          scope.kept = state;
        },
      });
    }, viewState ?? null);
    if (options.before) await page.addInitScript(options.before);
    await page.goto(`${ORIGIN}/`);
    await dress(page, theme);
    return dashboard;
  }

  /** What the page keeps in the editor. */
  kept(): Promise<ViewState> {
    return this.page.evaluate(() => (window as unknown as { kept: ViewState }).kept);
  }

  /** Shows a run as it is now. */
  async show(run: RecordedRun): Promise<void> {
    this.#run = run;
    await this.tell({ type: "state", state: run.state() });
  }

  showState(state: PageState): Promise<void> {
    return this.tell({ type: "state", state });
  }

  /** Messages travel as JSON between the editor and its pages, array buffers beside it. */
  async tell(message: ToPage): Promise<void> {
    const packed =
      message.type === "curves" ? Buffer.from(message.packed).toString("base64") : null;
    await this.page.evaluate(
      ([json, encoded]) => {
        const told = JSON.parse(json);
        if (encoded !== null) {
          told.packed = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)).buffer;
        }
        window.postMessage(told, "*");
      },
      [JSON.stringify(message), packed] as const,
    );
  }

  /** Waits until no chart has asked for anything for a while, and all is drawn. */
  async settled(quiet = 350): Promise<void> {
    let count = -1;
    while (count !== this.sent.length || this.#due > 0) {
      count = this.sent.length;
      await this.page.waitForTimeout(quiet);
    }
    await this.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  }

  sentOf<Type extends FromPage["type"]>(type: Type): Extract<FromPage, { type: Type }>[] {
    return this.sent.filter((message) => message.type === type) as Extract<
      FromPage,
      { type: Type }
    >[];
  }

  /** The card of a figure. */
  card(figure: string): Locator {
    return this.page.locator(`[data-figure="${figure}"]`);
  }

  /** What a chart says of itself, with plain spaces. */
  async label(figure: string): Promise<string> {
    return plain(await this.card(figure).locator("[role=img]").getAttribute("aria-label"));
  }

  async reading(figure: string): Promise<string> {
    return plain(await this.card(figure).locator(".reading").textContent());
  }

  async points(figure: string): Promise<number> {
    const canvas = this.card(figure).locator("canvas[data-points]");
    return Number(await canvas.getAttribute("data-points"));
  }

  /** How many pixels of a chart have that colour; `rows` limits it to some rows from the top. */
  pixels(figure: string, colour: readonly number[], rows = Infinity): Promise<number> {
    return this.page.evaluate(
      ([id, wanted, limit]) => {
        const canvas = document.querySelector<HTMLCanvasElement>(`[data-figure="${id}"] canvas`);
        const context = canvas?.getContext("2d");
        if (!canvas || !context) return -1;
        const height = Math.min(canvas.height, limit ?? canvas.height);
        const { data } = context.getImageData(0, 0, canvas.width, height);
        let found = 0;
        for (let at = 0; at < data.length; at += 4) {
          const alpha = (data[at + 3] ?? 0) / 255;
          // The canvas is transparent: the page's background shows through.
          const close = wanted.every((value, i) => {
            const seen = (data[at + i] ?? 0) * alpha + 31 * (1 - alpha);
            return Math.abs(seen - value) < 8;
          });
          if (close) found++;
        }
        return found;
      },
      [figure, colour, Number.isFinite(rows) ? rows : null] as const,
    );
  }

  #heard(message: FromPage): void {
    this.sent.push(message);
    if (message.type !== "read" || !this.#run || this.silent) return;
    const { request, queries } = message;
    this.#due++;
    this.tell({ type: "curves", request, packed: this.#run.answer(queries) })
      .catch(() => {
        // The page was closed meanwhile.
      })
      .finally(() => {
        this.#due--;
      });
  }
}

/** Text with plain spaces for the narrow ones between thousands. */
export function plain(text: string | null): string {
  return (text ?? "").replaceAll("\u202f", " ");
}
