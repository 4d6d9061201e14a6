/** Every call of the script that trains a model: `fit`, `fitDataset`, `trainOnBatch`. */
import type { Optimizer } from "@tensorflow/tfjs-core";
import type { RunEvent } from "../../telemetry/events.ts";
import { describeRun, type Engine, type Plan } from "./announce.ts";
import { earlyStoppingOf, withListener } from "./callbacks.ts";
import { classCount, dataEventOf, kindOf } from "./dataEvent.ts";
import type { Model } from "./describe/layer.ts";
import { lossName } from "./describe/loss.ts";
import { Epochs } from "./epochs.ts";
import { type FitData, fitData, numbersOf, rowsOf, type Tensors } from "./examples.ts";
import { evaluate } from "./metrics.ts";
import { Observer } from "./observer.ts";
import { scriptFrame } from "./origins.ts";
import type { Recording } from "./recording.ts";
import type { Core, Layers } from "./tensorflow.ts";

/** What `fit` and `fitDataset` take, as far as it matters here. */
export interface FitArguments {
  batchSize?: number;
  epochs?: number;
  initialEpoch?: number;
  shuffle?: boolean | string;
  callbacks?: unknown;
  yieldEvery?: unknown;
  validationData?: unknown;
  validationSplit?: number;
  batchesPerEpoch?: number;
}

/** TensorFlow.js's own. */
const BATCH_SIZE = 32;

const RUNNING_MEANS =
  "The training figures of an epoch are fit's own: means over its batches, while the weights changed. Those at the end of the run are measured with the last weights.";

export class Trainings {
  #observer: Observer | null = null;
  /** Of the last `fit` with tensors. */
  data: FitData | null = null;
  /** Models beside the one that is observed. */
  #others = false;

  constructor(
    private readonly layers: Layers,
    readonly core: Core,
    private readonly recording: Recording,
    private readonly describeEngine: (layers: Layers, core: Core) => Engine,
  ) {}

  get model(): Model | null {
    return this.#observer?.model ?? null;
  }

  /** @returns the arguments to call `fit` with instead; null to leave it alone */
  beginFit(model: Model, x: Tensors, y: Tensors, args: FitArguments): FitArguments | null {
    const observer = this.#observe(model);
    if (!observer) return null;
    const { recording, core } = this;
    const data = fitData(x, y, args);
    const { train, validation } = data;
    const { batchSize = BATCH_SIZE } = args;
    const shuffle = args.shuffle !== false;
    const rows = train.to - train.from;
    const plan = {
      ...this.#plan(args),
      batchSize,
      stepsPerEpoch: Math.ceil(rows / batchSize),
      examples: { train: rows, validation: validation ? validation.to - validation.from : 0 },
      shuffle,
    };
    const epochs = this.#beginEpochs(observer, plan);
    if (!recording.run) {
      const loss = lossName(model.loss);
      const numbers = numbersOf(observer.view, train);
      this.#announce(observer, { ...plan, classes: classCount(numbers, kindOf(numbers, loss)) });
      recording.write(dataEventOf(observer.view, data, loss, shuffle));
      observer.watch.watching = true;
      const before = evaluate(core, model, train);
      observer.watch.watching = false;
      const validated = validation && evaluate(core, model, validation);
      if (before) epochs.write({ train: before, validation: validated });
    }
    this.data = data;
    return this.#listening(args, epochs);
  }

  /** A dataset shows what it holds as it is read: the run is known with the first batch. */
  beginFitDataset(
    model: Model,
    dataset: { size?: number },
    args: FitArguments,
  ): FitArguments | null {
    const observer = this.#observe(model);
    if (!observer) return null;
    const size = args.batchesPerEpoch ?? dataset.size ?? Number.NaN;
    const stepsPerEpoch = Number.isFinite(size) ? size : null;
    const plan = { ...this.#plan(args), stepsPerEpoch, shuffle: null };
    const epochs = this.#beginEpochs(observer, plan);
    epochs.onFirst = (batchSize) => {
      const rows = batchSize * (stepsPerEpoch ?? 0);
      this.#announce(observer, { ...plan, batchSize, examples: { train: rows, validation: 0 } });
    };
    this.data = null;
    return this.#listening(args, epochs);
  }

  beginTrainOnBatch(model: Model, x: Tensors): void {
    const observer = this.#observe(model);
    if (!observer || this.recording.run) return;
    const rows = rowsOf(x);
    this.#announce(observer, {
      ...this.#plan({}),
      batchSize: rows,
      stepsPerEpoch: null,
      examples: { train: 0, validation: 0 },
      shuffle: null,
    });
  }

  /** To be called right before each update. @returns null where it is not observed */
  beginUpdate(optimizer: Optimizer): ReturnType<Observer["beginUpdate"]> | null {
    const observer = this.#observer;
    if (!observer || !this.recording.run || observer.model.optimizer !== optimizer) return null;
    return observer.beginUpdate();
  }

  /**
   * While it trains, the first signal to end means: finish the step, and `fit`; a second one ends the script. A script
   * that listens itself knows what it wants.
   */
  stoppable<Result>(training: Promise<Result>): Promise<Result> {
    if (process.listenerCount("SIGTERM") > 0) return training;
    const stop = this.recording.control.stop;
    process.once("SIGTERM", stop);
    const forget = () => {
      process.removeListener("SIGTERM", stop);
    };
    training.then(forget, forget);
    return training;
  }

  #observe(model: Model): Observer | null {
    const current = this.#observer;
    if (current && current.model !== model) {
      if (!this.#others) {
        this.#others = true;
        this.recording.say(
          "warning",
          `${this.recording.name} trains more than one model: only ${current.model.name}, the first, is observed.`,
        );
      }
      return null;
    }
    if (!model.optimizer) return null;
    if (!current || current.outdated) {
      current?.watch.dispose();
      this.#observer = new Observer(model, this.core, this.recording);
    }
    return this.#observer;
  }

  #plan(args: FitArguments): Pick<Plan, "epochs" | "classes" | "earlyStopping" | "call"> {
    return {
      epochs: Math.max(0, (args.epochs ?? 1) - (args.initialEpoch ?? 0)),
      classes: null,
      earlyStopping: earlyStoppingOf(this.layers, args.callbacks),
      call: scriptFrame(),
    };
  }

  #beginEpochs(
    observer: Observer,
    { epochs, stepsPerEpoch }: Pick<Plan, "epochs" | "stepsPerEpoch">,
  ): Epochs {
    if (!this.recording.run) this.recording.say("info", RUNNING_MEANS);
    observer.planned = stepsPerEpoch === null ? null : this.recording.step + epochs * stepsPerEpoch;
    return new Epochs(observer, this.recording, stepsPerEpoch);
  }

  #announce(observer: Observer, plan: Plan): void {
    const { recording } = this;
    const engine = this.describeEngine(this.layers, this.core);
    const event: RunEvent = describeRun(recording.settings, observer, plan, engine);
    recording.announce(event);
  }

  #listening(args: FitArguments, epochs: Epochs): FitArguments {
    const { callbacks, yieldEvery } = args;
    return { ...args, callbacks: withListener(this.layers, callbacks, yieldEvery, epochs) };
  }
}
