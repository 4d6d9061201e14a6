/** The epochs of one call of `fit`: their events, and the user's wish to stop. */
import type { Metrics } from "../../telemetry/events.ts";
import { rounded } from "../probe/columns.ts";
import type { Listener } from "./callbacks.ts";
import { type Logs, metricsOfLogs } from "./metrics.ts";
import type { Observer } from "./observer.ts";
import type { Recording } from "./recording.ts";

export class Epochs implements Listener {
  /** Of the epoch that runs: penalties times rows, rows, and batches. */
  #sum = { penalty: 0, rows: 0, batches: 0 };
  #cut = false;
  /** Called before the first batch of a run that is not known yet, with its rows. */
  onFirst: ((rows: number) => void) | null = null;

  constructor(
    private readonly observer: Observer,
    private readonly recording: Recording,
    /** Of an epoch; null where only the data can tell. */
    private readonly batches: number | null,
  ) {}

  async onBatchBegin(logs: Logs): Promise<void> {
    const { recording } = this;
    if (recording.failed) return;
    if (!recording.run) recording.quietly(() => this.onFirst?.(Number(logs["size"])));
    const stop = await recording.control.wantsStop(() => recording.quietly(recording.flush));
    if (!stop) return;
    recording.stopped = true;
    this.#stop();
  }

  onBatchEnd(logs: Logs): void {
    const rows = Number(logs["size"]);
    this.#sum.penalty += this.observer.penalty * rows;
    this.#sum.rows += rows;
    this.#sum.batches++;
    const { settings, step } = this.recording;
    if (step >= (settings.maxSteps ?? Number.POSITIVE_INFINITY)) this.#stop();
  }

  onEpochEnd(logs: Logs): void {
    const { penalty, rows, batches } = this.#sum;
    this.#sum = { penalty: 0, rows: 0, batches: 0 };
    // An epoch that was cut short has no figures of its own.
    if (this.#cut && batches < (this.batches ?? Number.POSITIVE_INFINITY)) return;
    this.recording.quietly(() => {
      this.recording.epoch++;
      this.write(metricsOfLogs(logs, rows > 0 ? penalty / rows : 0));
    });
  }

  write({ train, validation }: { train: Metrics; validation: Metrics | null }): void {
    const { observer, recording } = this;
    recording.writeEpoch({
      epoch: recording.epoch,
      step: recording.step,
      train,
      validation,
      silent: observer.watch.probes.map((probe) => rounded(probe.endEpoch())),
      identicalUnits: observer.identicalUnits(),
    });
  }

  #stop(): void {
    this.#cut = true;
    this.observer.model.stopTraining = true;
  }
}
