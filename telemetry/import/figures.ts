/** What other tools call the figures of a training, and what the figures are. */

/** A metric of a part of the data. */
export interface MetricFigure {
  kind: "metric";
  part: Part;
  /** `loss`, `accuracy`, … */
  metric: string;
  /** Of one batch, or of a whole pass; null where the name does not tell. */
  per: "step" | "epoch" | null;
  /** What the tool counts its steps in, for this figure. */
  axis: Axis;
}

export type Part = "train" | "validation" | "test";
export type Axis = "step" | "epoch";
export type Figure = MetricFigure | { kind: "learningRate" | "gradientNorm" | "epoch"; axis: Axis };

const PARTS: Record<Part, readonly string[]> = {
  train: ["train", "training", "trn"],
  validation: ["val", "valid", "validation", "eval", "evaluation", "dev", "holdout"],
  test: ["test", "testing"],
};
const OF_A_STEP = ["step", "batch", "iter", "iteration"];
/** Metrics of Keras, scikit-learn and torchmetrics; other names need to say that they are of a part of the data. */
const METRICS = new Set(
  "loss accuracy mae mse rmse auc precision recall f1 perplexity mean_absolute_error mean_squared_error".split(
    " ",
  ),
);
/** All of them the share of right answers. */
const ACCURACIES =
  /^(acc|accuracy_score|((sparse_)?(categorical|top_1)|binary|multiclass)_(acc|accuracy))$/;
/** Hugging Face logs the speed as figures of the evaluation; momentum and norms of single weights are no metrics. */
const NO_METRIC = /(^|_)(runtime|time|seconds?|flos|memory|momentum|lr|grad|norm)(_|$)/;
/** The Euclidean norm only: Lightning can be asked for others, `grad_1.0_norm_total`. */
const GRADIENT_NORM =
  /^((global|total)_)?(g|grad|gradient|gradients)_?(2_(0_)?)?norm(_(global|total))?$/;
const LEARNING_RATE = /^(lr|learning_rate)(?!.*(momentum|decay|scale|multiplier))(_|$)/;

/**
 * @param name as the tool wrote it: `val_loss`, `train/loss`, `train_loss_epoch`, `lr-Adam`, `grad_2.0_norm_total`, …
 * @param folder the folder of the file, for a tool that keeps the parts of the data in folders
 * @returns undefined for what is none of these figures
 */
export function figureCalled(name: string, folder = ""): Figure | undefined {
  const words = wordsOf(name);
  // Keras counts these in epochs, and everything else in batches.
  const axis: Axis = words[0] === "epoch" && words.length > 1 ? "epoch" : "step";
  const named = partOf(words);
  const bare = words.filter((word) => !Object.values(PARTS).some((part) => part.includes(word)));
  const rest = bare.filter((word) => !OF_A_STEP.includes(word) && word !== "epoch").join("_");
  if (rest === "") return bare.join() === "epoch" ? { kind: "epoch", axis: "step" } : undefined;
  if (LEARNING_RATE.test(rest)) return { kind: "learningRate", axis };
  if (GRADIENT_NORM.test(rest)) return { kind: "gradientNorm", axis };
  if (NO_METRIC.test(rest)) return undefined;
  // Keras' `evaluation_loss_vs_iterations` repeats `epoch_loss`.
  if (bare.includes("vs")) return undefined;
  const metric = ACCURACIES.test(rest) ? "accuracy" : rest;
  const part = named ?? partOf(wordsOf(folder));
  if (!part && !METRICS.has(metric)) return undefined;
  const per = bare.includes("epoch")
    ? "epoch"
    : bare.some((word) => OF_A_STEP.includes(word))
      ? "step"
      : null;
  return { kind: "metric", part: part ?? "train", metric, per, axis };
}

/** Whether a folder of this name holds the recording of one part of the data. */
export function isPartFolder(name: string): boolean {
  return Object.values(PARTS).some((part) => part.includes(name.toLowerCase()));
}

function wordsOf(name: string): string[] {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
  return words.split(/[^\p{L}\d]+/u).filter((word) => word !== "");
}

function partOf(words: readonly string[]): Part | undefined {
  return (Object.keys(PARTS) as Part[]).find((part) =>
    words.some((word) => PARTS[part].includes(word)),
  );
}
