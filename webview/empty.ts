/** What stands on the page while there is nothing to show: what to do, or what it waits for. */
import { button } from "./controls/button.ts";
import { icon } from "./controls/icon.ts";
import { make, write } from "./dom.ts";
import type { PageState } from "./protocol.ts";

export class Empty {
  readonly element: HTMLElement;
  readonly #title = make("h2", "");
  readonly #text = make("p", "");
  readonly #train: HTMLElement;

  constructor(train: () => void) {
    this.#train = button("Train…", train, { kind: "primary" });
    this.element = make("section", "empty", icon("curve"), this.#title, this.#text, this.#train);
  }

  show({ runs, run }: PageState): void {
    this.element.hidden = !!run?.info;
    this.#train.hidden = !!run;
    if (run) {
      write(this.#title, run.error ? "Nothing was trained" : "Waiting for the trainer");
      write(
        this.#text,
        run.error
          ? "The training failed before it began."
          : "It is starting. Its curves appear here with its first step.",
      );
    } else if (runs.length > 0) {
      write(this.#title, "No run chosen");
      write(this.#text, "Choose one of the runs above, or train again.");
    } else {
      write(this.#title, "No run yet");
      write(
        this.#text,
        "Train a recipe (*.train.json) or a training script. Its loss, gradients and activations " +
          "are drawn here while it trains, with what goes wrong and what helps.",
      );
    }
  }
}
