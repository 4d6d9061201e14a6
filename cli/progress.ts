/** What is seen while a training runs: a bar and findings as they open in a terminal, plain lines in a pipe. */
import { Presets, SingleBar } from "cli-progress";
import { short } from "../diagnosis/format.ts";
import type { RunSession } from "../runs/session.ts";
import { headline } from "./report.ts";

export class ProgressView {
  readonly #session: RunSession;
  readonly #quiet: boolean;
  readonly #unsubscribe: () => void;
  readonly #announced = new Set<string>();
  #bar: SingleBar | undefined;
  #epochShown = 0;

  constructor(session: RunSession, quiet: boolean) {
    this.#session = session;
    this.#quiet = quiet;
    this.#unsubscribe = session.onChange(() => this.#update());
  }

  stop(): void {
    this.#unsubscribe();
    this.#bar?.stop();
  }

  #update(): void {
    const { run, epoch, step } = this.#session;
    if (this.#quiet || !run || !step) return;
    if (process.stdout.isTTY) this.#updateBar();
    else if (epoch && epoch.epoch > this.#epochShown) {
      this.#epochShown = epoch.epoch;
      process.stdout.write(
        `epoch ${epoch.epoch}/${run.epochs} · step ${epoch.step} · ${this.#figures()}\n`,
      );
    }
  }

  #updateBar(): void {
    const { run, step, findings } = this.#session;
    if (!run || !step) return;
    const total = run.epochs * Math.ceil(run.examples.train / run.batchSize);
    for (const finding of findings) {
      if (this.#announced.has(finding.symptom)) continue;
      this.#announced.add(finding.symptom);
      this.#bar?.stop();
      this.#bar = undefined;
      process.stdout.write(`${headline(finding).join("\n")}\n`);
    }
    if (!this.#bar) {
      const format = "{bar} {percentage} % · epoch {epoch} · step {value}/{total} · {figures}";
      this.#bar = new SingleBar(
        { format, barsize: 20, stopOnComplete: false },
        Presets.shades_classic,
      );
      this.#bar.start(total, step.step, { epoch: step.epoch, figures: "" });
    }
    this.#bar.update(step.step, { epoch: step.epoch, figures: this.#figures() });
  }

  #figures(): string {
    const { epoch, step } = this.#session;
    const accuracy = epoch?.validation?.["accuracy"];
    return [
      `loss ${short(step?.loss ?? Number.NaN)}`,
      accuracy !== undefined ? `validation accuracy ${short(accuracy)}` : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }
}
