/** The top of the page: which run, how far, what went wrong, and the buttons that steer it. */
import { badge } from "../controls/badge.ts";
import { button } from "../controls/button.ts";
import { icon } from "../controls/icon.ts";
import { picker } from "../controls/picker.ts";
import { progress } from "../controls/progress.ts";
import { make, write } from "../dom.ts";
import { moment } from "../format.ts";
import type { FromPage, PageState, RunView } from "../protocol.ts";
import { alive, description, statusParts, TONES, totalSteps } from "./words.ts";

export class Header {
  readonly element: HTMLElement;
  readonly #picker = picker("Run", (id) => this.#send({ type: "select", run: id }));
  readonly #badge = badge();
  readonly #status = make("p", "status");
  readonly #about = make("p", "about");
  /** What ended the run; it stands below the header, which stays while the page scrolls. */
  readonly failure = make("p", "failure");
  readonly #errorText = make("span", "");
  readonly #progress = progress("Training");
  readonly #buttons: Record<"pause" | "resume" | "stop" | "again", HTMLElement>;
  readonly #send: (message: FromPage) => void;
  #run: RunView | null = null;

  constructor(send: (message: FromPage) => void) {
    this.#send = send;
    const steer = (type: "stop" | "pause" | "resume") => () => {
      if (this.#run) send({ type, run: this.#run.id });
    };
    this.#buttons = {
      pause: button("Pause", steer("pause"), { hint: "Pause after the current step" }),
      resume: button("Resume", steer("resume"), { kind: "primary" }),
      stop: button("Stop", steer("stop"), { hint: "Finish the current step, save, and stop" }),
      again: button("Train again", () => send({ type: "train" }), { kind: "primary" }),
    };
    this.failure.append(icon("error", "Error"), this.#errorText);
    this.failure.setAttribute("role", "alert");
    this.element = make(
      "header",
      "header",
      make(
        "div",
        "steering",
        make("div", "which", this.#picker.element, this.#badge.element),
        make("div", "buttons", ...Object.values(this.#buttons)),
      ),
      this.#progress.element,
      this.#status,
      this.#about,
    );
  }

  /** Shows the runs there are and the state of the shown one. */
  show(state: PageState): void {
    const { run } = state;
    this.#run = run;
    this.element.hidden = state.runs.length === 0;
    this.#picker.show(
      state.runs.map(({ id, name, status, started }) => ({
        id,
        label: `${name} · ${status} · ${moment(started)}`,
      })),
      run?.id ?? null,
    );
    for (const part of [this.#badge.element, this.#progress.element, this.#status, this.#about]) {
      part.hidden = !run;
    }
    this.#buttons.pause.hidden = run?.status !== "running";
    this.#buttons.resume.hidden = run?.status !== "paused";
    this.#buttons.stop.hidden = !run || !alive(run);
    this.#buttons.again.hidden = !run || alive(run);
    this.failure.hidden = !run?.error;
    if (run) this.#showRun(run);
  }

  #showRun(run: RunView): void {
    this.#badge.set(run.status, TONES[run.status]);
    const total = totalSteps(run);
    this.#progress.element.hidden = !alive(run);
    this.#progress.set(total && run.info ? (run.progress?.step ?? 0) / total : null);
    this.#progress.element.classList.toggle("resting", run.status === "paused");
    const parts = statusParts(run).map(({ name, value }) => {
      const element = make("span", "part", name ? `${name} ` : "");
      element.append(make("span", "value", value));
      return element;
    });
    this.#status.replaceChildren(...parts);
    write(this.#about, description(run));
    write(this.#errorText, run.error ?? "");
  }
}
