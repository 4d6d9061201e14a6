/** Observes one model of the script while it trains. */
import type { LayerVariable } from "@tensorflow/tfjs-layers";
import type { InitialEvent, LayerColumns } from "../../telemetry/events.ts";
import type { View } from "../backends/hostExecutor.ts";
import { columnsOf, rounded } from "../probe/columns.ts";
import { globalNorm } from "../probe/gradients.ts";
import { identicalUnits } from "../probe/identicalUnits.ts";
import { outputFigures } from "../probe/outputs.ts";
import { scalar } from "../probe/rounding.ts";
import { kernelOf, type Layer, layersOf, type Model } from "./describe/layer.ts";
import { learningRateOf } from "./describe/optimizer.ts";
import { UpdateMeter } from "./meter.ts";
import type { Recording } from "./recording.ts";
import { isSampled } from "./sampling.ts";
import type { Core } from "./tensorflow.ts";
import { viewOf } from "./view.ts";
import { LayerWatch } from "./watch.ts";

export class Observer {
  readonly layers: Layer[];
  /** The weights that the optimizer holds. */
  readonly optimized: ReadonlySet<LayerVariable>;
  readonly view: View;
  readonly watch: LayerWatch;
  /** Updates that the whole run is going to make; null where nobody knows. */
  planned: number | null = null;
  /** Of the last update. */
  penalty = 0;
  readonly #meter: UpdateMeter;
  readonly #columns: ReturnType<typeof columnsOf>;

  constructor(
    readonly model: Model,
    core: Core,
    private readonly recording: Recording,
  ) {
    const { quietly } = recording;
    this.layers = layersOf(model);
    this.optimized = new Set(weightsOf(model));
    this.view = viewOf(core);
    const last = model.outputs[0]?.sourceLayer as Layer | undefined;
    this.watch = new LayerWatch(this.layers, last ?? null, this.view, quietly);
    this.#meter = new UpdateMeter({
      model,
      parameters: this.layers.map((layer) =>
        layer.trainableWeights.filter((each) => this.optimized.has(each)),
      ),
      core,
      watch: this.watch,
      view: this.view,
      quietly,
    });
    this.#columns = columnsOf(this.#meter);
  }

  /** Whether the model was compiled again, for other weights. */
  get outdated(): boolean {
    const weights = weightsOf(this.model);
    const same = weights.length === this.optimized.size;
    return !same || !weights.every((each) => this.optimized.has(each));
  }

  /** To be called right before an update. @returns to be called right after it, with whether it was made */
  beginUpdate(): (done: boolean) => void {
    const { recording } = this;
    const began = performance.now();
    const step = recording.step + 1;
    const sampled = isSampled(step, this.planned);
    const learningRate = learningRateOf(this.model.optimizer);
    const first = step === 1 ? this.#beginFirst() : null;
    const end = this.#meter.begin(sampled);
    return (done) => {
      const figures = end();
      if (!figures || !done) return;
      const { loss, squares, gradientCosine } = figures;
      this.penalty = figures.penalty;
      const layers = sampled ? this.#columns(figures) : undefined;
      const gradientNorm = scalar(globalNorm(squares, "gradient"));
      if (layers) first?.(loss, gradientNorm, layers);
      recording.step = step;
      recording.writeStep(
        {
          step,
          epoch: recording.epoch + 1,
          loss: scalar(loss),
          learningRate: scalar(learningRate),
          gradientNorm,
          clippedNorm: gradientNorm,
          sampled,
          ...(layers && { layers }),
          ...(gradientCosine !== undefined && { gradientCosine: scalar(gradientCosine) }),
        },
        began,
      );
      if (sampled) recording.judge(loss, squares);
    };
  }

  /** By layer: share of units that are copies of others; null without a kernel. */
  identicalUnits(): (number | null)[] {
    return this.layers.map((layer) => {
      const kernel = kernelOf(layer);
      if (!kernel) return null;
      const values = this.view(kernel.read());
      return rounded(identicalUnits(values, kernel.shape.at(-1) ?? 1));
    });
  }

  /** Before the very first update. @returns what writes the `initial` event, after it */
  #beginFirst(): (loss: number, gradientNorm: number, layers: LayerColumns) => void {
    const identical = this.identicalUnits();
    let outputs: InitialEvent["outputs"] | undefined;
    this.watch.onOutputs = (values, units) => {
      outputs = outputFigures(values, units);
    };
    return (loss, gradientNorm, layers) => {
      this.watch.onOutputs = null;
      if (!outputs) return;
      this.recording.write({
        kind: "initial",
        loss: scalar(loss),
        gradientNorm,
        layers: { ...layers, updateRatio: layers.updateRatio.map(() => null) },
        identicalUnits: identical,
        outputs,
      });
    };
  }
}

/** As `compile` collected them: what is frozen later still counts. */
function weightsOf(model: Model): LayerVariable[] {
  return (model as unknown as { collectedTrainableWeights: LayerVariable[] })
    .collectedTrainableWeights;
}
