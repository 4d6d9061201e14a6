/** What is seen while a training runs: a bar and findings as they open in a terminal, plain lines in a pipe. */
import { Presets, SingleBar } from "cli-progress";
import { short } from "../diagnosis/format.ts";
import type { RunSession } from "../runs/session.ts";
import type { RunEvent } from "../telemetry/events.ts";
import { headline } from "./report.ts";

export class ProgressView {
  readonly #session: RunSession;
  readonly #quiet: boolean;
  readonly #unsubscribe: () => void;
  readonly #announced = new Set<string>();
  #bar: SingleBar | undefined;
  #epochShown = 0;
  #backendShown = false;

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
    this.#announceBackend();
    const { run, epoch, step } = this.#session;
    if (this.#quiet || !run || !step) return;
    if (process.stdout.isTTY) this.#updateBar();
    else if (epoch && epoch.epoch > this.#epochShown) {
      this.#epochShown = epoch.epoch;
      process.stdout.write(
        `epoch ${epoch.epoch}/${run.epochs} · step ${epoch.step} · ${this.#figures()}${this.#left()}\n`,
      );
    }
  }

  #updateBar(): void {
    const { run, step, findings } = this.#session;
    if (!run || !step) return;
    const total = totalSteps(run);
    for (const finding of findings) {
      if (finding.severity === "info" || this.#announced.has(finding.symptom)) continue;
      this.#announced.add(finding.symptom);
      this.#bar?.stop();
      this.#bar = undefined;
      process.stdout.write(`${headline(finding).join("\n")}\n`);
    }
    if (!this.#bar) {
      const format =
        "{bar} {percentage} % · epoch {epoch} · step {value}/{total} · {figures}{left}";
      this.#bar = new SingleBar(
        { format, barsize: 20, stopOnComplete: false },
        Presets.shades_classic,
      );
      this.#bar.start(total, step.step, { epoch: step.epoch, figures: "", left: "" });
    }
    this.#bar.update(step.step, {
      epoch: step.epoch,
      figures: this.#figures(),
      left: this.#left(),
    });
  }

  /** Says once what computes, and why nothing faster does. */
  #announceBackend(): void {
    const { run } = this.#session;
    if (this.#quiet || this.#backendShown || !run?.choice) return;
    this.#backendShown = true;
    process.stdout.write(`${run.choice}\n`);
  }

  /** By the pace of the whole run so far; evaluations count into it. */
  #left(): string {
    const { run, step, firstStep } = this.#session;
    if (!run || !step || !firstStep || step.step === firstStep.step) return "";
    const pace = (step.seconds - firstStep.seconds) / (step.step - firstStep.step);
    const seconds = Math.max(0, totalSteps(run) - step.step) * pace;
    return ` · ${duration(seconds)} left`;
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

/** Updates of the whole run. */
function totalSteps({ epochs, stepsPerEpoch, examples, batchSize }: RunEvent): number {
  return epochs * (stepsPerEpoch ?? Math.ceil(examples.train / batchSize));
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
