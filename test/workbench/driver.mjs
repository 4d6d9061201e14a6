import { chromium } from "playwright-core";
import { findChromium } from "../../tools/workbench/chromium.mjs";
import { CHROMIUM_FLAGS } from "../helpers/chromiumFlags.mjs";
import { again, TRY_MS, texts, until, WAIT_MS } from "./waits.mjs";

/**
 * A VS Code window as a person uses it: by palette, mouse and keys, and read from the screen.
 *
 * Every wait ends after 45 s with an error that says what was waited for. What a slow machine can
 * swallow (a key pressed before the window listens) is done again until its effect is seen.
 */
export class Workbench {
  /**
   * @param {import("playwright-core").Browser} browser
   * @param {import("playwright-core").Page} page
   */
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
  }

  /**
   * Launches a browser and opens the workbench in it.
   * @param {string} url
   * @param {{width?: number, height?: number}} [size]
   */
  static async open(url, { width = 1400, height = 900 } = {}) {
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: CHROMIUM_FLAGS,
    });
    try {
      const page = await browser.newPage({ viewport: { width, height } });
      page.setDefaultTimeout(WAIT_MS);
      // A window with unsaved files asks before it is left.
      page.on("dialog", (dialog) => dialog.accept());
      const workbench = new Workbench(browser, page);
      await page.goto(url);
      await workbench.#ready();
      return workbench;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Loads the window again: the extension host starts anew, as after a crash or an update. */
  async reload() {
    await this.page.reload();
    await this.#ready();
  }

  async close() {
    await this.browser.close();
  }

  /**
   * Runs a command from the palette, waiting for the extension that contributes it.
   * @param {string} title as the palette shows it, with its category
   */
  async command(title) {
    await this.#pick("F1", `>${title}`, title, `the command "${title}" in the palette`);
  }

  /**
   * Opens a file of the folder by quick open, and waits for its tab.
   * @param {string} name
   */
  async openFile(name) {
    await this.#pick("Control+p", name, name, `the file ${name} in quick open`);
    const tab = this.page.locator(".tab.active", { hasText: name.split("/").at(-1) ?? name });
    await until(`the tab of ${name}`, () => tab.first().waitFor());
  }

  /** Saves the active file and waits until its tab shows no unsaved changes. */
  async save() {
    await this.page.keyboard.press("Control+s");
    const unsaved = this.page.locator(".tab.active.dirty");
    await until("the file to be saved", () => unsaved.waitFor({ state: "detached" }));
  }

  /**
   * The rows that the Problems panel shows now: a file, then its problems. Opens it if need be.
   * @returns {Promise<string[]>}
   */
  async problems() {
    await this.#showProblems();
    return texts(this.page.locator(".markers-panel .monaco-list-row"));
  }

  /**
   * Waits for a problem to be shown.
   * @param {string} text part of the problem's row
   * @returns {Promise<string>} the row, which ends in its place: `[Ln 2, Col 5]`
   */
  async problem(text) {
    await this.#showProblems();
    const row = this.page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
    await until(`the problem "${text}"`, () => row.waitFor());
    return (await texts(row)).join();
  }

  /**
   * Takes a quick fix through the light bulb: the named one, or the preferred one, which the
   * editor puts first.
   * @param {string} problemText part of the problem's row
   * @param {string} [actionTitle]
   * @returns {Promise<string[]>} the titles that were offered
   */
  async takeQuickFix(problemText, actionTitle) {
    const place = await this.problem(problemText);
    const problem = this.page
      .locator(".markers-panel .monaco-list-row", { hasText: problemText })
      .first();
    await until(`"${problemText}" to be clicked`, () => problem.dblclick());
    const line = /\[Ln (\d+),/.exec(place)?.[1];
    const position = this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col` });
    await until(`the cursor in line ${line}`, () => position.first().waitFor());

    const bulb = this.page
      .locator(
        '.monaco-editor [class*="codicon-gutter-lightbulb"], .monaco-editor .lightBulbWidget',
      )
      .filter({ visible: true });
    const actions = this.page.locator(".action-widget .monaco-list-row.action");
    const wanted = actionTitle ? actions.filter({ hasText: actionTitle }) : actions;
    /** @type {string[]} */
    let offered = [];
    await until(`the quick fix "${actionTitle ?? "preferred"}" of "${problemText}"`, () =>
      again(async () => {
        // What is offered can be of an earlier place, as long as the editor still thinks.
        await this.page.keyboard.press("Escape");
        await bulb.first().click({ timeout: TRY_MS });
        await actions.first().waitFor({ timeout: TRY_MS });
        offered = await texts(actions);
        await wanted.first().click({ timeout: TRY_MS });
      }),
    ).catch((error) => {
      throw new Error(`${error.message} (offered: ${offered.join(" | ") || "nothing"})`);
    });
    await until("the quick fix menu to close", () => actions.first().waitFor({ state: "hidden" }));
    return offered;
  }

  /**
   * The content of the visible webview; of several, the one whose title is given.
   * @param {string} [title]
   * @returns {import("playwright-core").FrameLocator}
   */
  dashboard(title) {
    const inner = title ? `iframe#active-frame[title="${title}"]` : "iframe#active-frame";
    return this.page
      .locator("iframe.webview.ready")
      .filter({ visible: true })
      .contentFrame()
      .frameLocator(inner);
  }

  /**
   * The lines of the active editor that are on the screen: the editor holds no others.
   * @returns {Promise<string>}
   */
  async editorText() {
    const editor = this.page.locator(".editor-group-container.active .monaco-editor .view-lines");
    await until("an active editor", () => editor.first().waitFor());
    return editor.first().evaluate((lines) => {
      /** @type {HTMLElement[]} */
      const rows = Array.from(lines.querySelectorAll(".view-line"));
      rows.sort((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top));
      return rows.map((row) => row.textContent?.replaceAll("\u00a0", " ")).join("\n");
    });
  }

  /** @returns {Promise<string[]>} the items of the status bar that hold text */
  async statusBar() {
    return texts(this.page.locator(".statusbar-item"));
  }

  /**
   * Changes the colour theme, by a part of its name.
   * @param {string} name such as "Dark High Contrast"
   */
  async setTheme(name) {
    await this.command("Preferences: Color Theme");
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: name });
    await until(`the theme "${name}"`, async () => {
      await this.page.locator(".quick-input-widget input.input").fill(name);
      await row.first().click();
    });
  }

  /**
   * Saves a picture of the window.
   * @param {string} path
   */
  async screenshot(path) {
    await this.page.screenshot({ path });
  }

  /** The status bar's problem counter comes last: by then the window is restored and listens. */
  async #ready() {
    const counter = this.page.locator('[id="status.problems"]');
    await until("the workbench to be ready", () => counter.waitFor());
  }

  async #showProblems() {
    const panel = this.page.locator(".markers-panel").filter({ visible: true });
    await until("the Problems panel", () =>
      again(async () => {
        if (await panel.count()) return;
        await this.page.keyboard.press("Control+Shift+M");
        await panel.waitFor({ timeout: TRY_MS });
      }),
    );
  }

  /**
   * Opens a quick-input by its key, types, and takes the row that holds the text. All of it again
   * while the row is missing: the list does not grow when an extension or a file comes later.
   * @param {string} key
   * @param {string} typed
   * @param {string} rowText
   * @param {string} what
   */
  async #pick(key, typed, rowText, what) {
    const input = this.page.locator(".quick-input-widget input.input");
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: rowText });
    await until(what, () =>
      again(async () => {
        // A list that stands open keeps what it found when it was opened: only a new one is up to date.
        await this.page.keyboard.press("Escape");
        await this.page.keyboard.press(key);
        await input.fill(typed, { timeout: TRY_MS });
        await row.first().waitFor({ timeout: TRY_MS });
        await row.first().click({ timeout: TRY_MS });
      }),
    );
  }
}
