/** Puts the probe into the TensorFlow.js that the script loads. */
import type { Model } from "./describe/layer.ts";
import type { Tensors } from "./examples.ts";
import { compiled, made } from "./origins.ts";
import type { Core, Layers } from "./tensorflow.ts";
import type { FitArguments, Trainings } from "./trainings.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever a method takes is passed on.
type Method = (this: any, ...args: any[]) => any;

/** @param quietly runs what is ours, and keeps its failures from the script; null where there was one */
export function attach(
  layers: Layers,
  core: Core,
  trainings: Trainings,
  quietly: <Result>(work: () => Result) => Result | null,
): void {
  made.noteConstruction(layers.layers.Layer.prototype, "id");
  made.noteConstruction(core.Optimizer.prototype, "learningRate");
  const model = layers.LayersModel.prototype;
  wrap(
    model,
    "compile",
    (compile) =>
      function (...args) {
        quietly(() => compiled.note(this));
        return compile.apply(this, args);
      },
  );
  wrap(
    model,
    "fit",
    (fit) =>
      function (this: Model, x: Tensors, y: Tensors, args: FitArguments = {}) {
        const watched = quietly(() => trainings.beginFit(this, x, y, args));
        return trainings.stoppable(fit.call(this, x, y, watched ?? args));
      },
  );
  wrap(
    model,
    "fitDataset",
    (fitDataset) =>
      function (this: Model, dataset: { size?: number }, args: FitArguments) {
        const watched = quietly(() => trainings.beginFitDataset(this, dataset, args));
        return trainings.stoppable(fitDataset.call(this, dataset, watched ?? args));
      },
  );
  wrap(
    model,
    "trainOnBatch",
    (trainOnBatch) =>
      function (this: Model, x: Tensors, y: Tensors) {
        quietly(() => trainings.beginTrainOnBatch(this, x));
        return trainOnBatch.call(this, x, y);
      },
  );
  wrap(
    core.Optimizer.prototype,
    "minimize",
    (minimize) =>
      function (...args) {
        const end = quietly(() => trainings.beginUpdate(this));
        if (!end) return minimize.apply(this, args);
        let done = false;
        try {
          const result = minimize.apply(this, args);
          done = true;
          return result;
        } finally {
          quietly(() => end(done));
        }
      },
  );
}

function wrap(prototype: object, name: string, make: (original: Method) => Method): void {
  const methods = prototype as Record<string, Method>;
  methods[name] = make(methods[name]!);
}
