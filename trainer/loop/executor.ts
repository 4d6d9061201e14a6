/** Carries out the updates and evaluations of a training on one kind of backend. */
import type { Batch } from "../data/batches.ts";
import type { Totals } from "../model/losses/loss.ts";
import type { Squares } from "../optimizers/update.ts";
import type { ActivationFigures } from "../probe/activations.ts";

/** What one update measured. */
export interface StepFigures {
  totals: Totals;
  /** Each row's loss; used again for the next step. */
  rowLosses: Float32Array;
  /** In the order of the network's parameters. */
  squares: Squares[];
  /** In the order of the network's layers. */
  activations: ActivationFigures[];
  /** Cosine between this gradient and that of the step before, and degrees by which clipping turned it, where known. */
  gradientCosine?: number | undefined;
  clipAngle?: number | undefined;
}

/** Values by name: parameters and running figures, as a file of weights has them. */
export type Snapshot = Map<string, Float32Array>;

/** All that an executor needs to go on as if nothing had happened. */
export interface ExecutorState {
  weights: Snapshot;
  /** What the optimizer remembers, and what the epoch has seen. */
  memory: Map<string, Float32Array>;
  updates: number;
}

export interface Executor {
  /** One forward pass, backward pass and update. @param learningRate before the parameters' own factors */
  step(batch: Batch, learningRate: number): Promise<StepFigures>;
  /**
   * One forward pass as the network is used after training, with the weights that are shown.
   * @param inputs `rows × shape`
   * @param watch whether the outputs count for the epoch's silent units
   */
  evaluate(inputs: Float32Array, targets: Float32Array, watch: boolean): Promise<Totals>;
  /** What the network puts out for a batch as it is used after training, `rows × units`; not counted anywhere. */
  outputs(batch: Batch): Promise<Float32Array>;
  /** Share of units that were silent on all that was seen since the epoch began, by layer; begins the next. */
  endEpoch(): Promise<(number | null)[]>;
  /** Lets the network compute with the real weights; an optimizer that looks ahead trains with others. */
  showReal(): void;
  /** The opposite. */
  showTraining(): void;
  /** A copy of the real weights and of the running figures. */
  snapshot(): Promise<Snapshot>;
  /** Goes back to a snapshot, bit for bit. */
  restore(snapshot: Snapshot): void;
  /** Copies of all that it holds. */
  state(): Promise<ExecutorState>;
  resume(state: ExecutorState): void;
}
