/** How each remedy is written into a recipe. A new remedy: one line here, and a file where it needs more. */
import type { RemedyOffer } from "../../diagnosis/finding.ts";
import { readRecipe } from "../../recipe/read.ts";
import { applyEdits, type TextEdit } from "../textEdit.ts";
import { writeLeakyRelu, writeRelu } from "./activations.ts";
import {
  writeAugment,
  writeCap,
  writeShuffle,
  writeSplit,
  writeStandardize,
  writeWhiten,
} from "./data.ts";
import { writeDropout, writeDropoutRate, writeNoDropout } from "./dropout.ts";
import {
  writeBatchSize,
  writeDropRemainder,
  writeEarlyStopping,
  writeEpochs,
  writeRestoreBest,
} from "./fit.ts";
import {
  writeBatchNormalization,
  writeLayerNormalization,
  writeMovedNormalization,
} from "./normalization.ts";
import {
  writeAdam,
  writeClipNorm,
  writeLearningRate,
  writeMomentum,
  writeReduceOnPlateau,
  writeScheduleLength,
  writeUsualSettings,
  writeWarmupCosine,
} from "./optimizer.ts";
import { writeLoss, writeOutput } from "./output.ts";
import { NotApplicable, parseRecipe, type Write } from "./recipe.ts";
import { writeResidualBlocks } from "./residual.ts";
import {
  writeHe,
  writeLessWeightDecay,
  writeNoBias,
  writeWeightDecay,
  writeXavier,
} from "./weights.ts";

const WRITERS: Record<string, Write> = {
  augment: writeAugment,
  "batch-normalization": writeBatchNormalization,
  "batch-size": writeBatchSize,
  "cap-emphasis": writeCap,
  "clip-by-norm": writeClipNorm,
  "clip-norm-instead-of-value": writeClipNorm,
  "correct-schedule": writeScheduleLength,
  "default-optimizer-settings": writeUsualSettings,
  "drop-remainder": writeDropRemainder,
  dropout: writeDropout,
  "dropout-rate": writeDropoutRate,
  "early-stopping": writeEarlyStopping,
  "he-initialization": writeHe,
  "layer-normalization": writeLayerNormalization,
  "leaky-relu": writeLeakyRelu,
  "less-weight-decay": writeLessWeightDecay,
  "lower-learning-rate": writeLearningRate,
  "matching-loss": writeLoss,
  "matching-output": writeOutput,
  momentum: writeMomentum,
  "more-epochs": writeEpochs,
  "move-normalization": writeMovedNormalization,
  "omit-bias": writeNoBias,
  "raise-clip-norm": writeClipNorm,
  "raise-learning-rate": writeLearningRate,
  "reduce-on-plateau": writeReduceOnPlateau,
  "remove-dropout": writeNoDropout,
  "residual-blocks": writeResidualBlocks,
  "restore-best-weights": writeRestoreBest,
  shuffle: writeShuffle,
  "standardize-inputs": writeStandardize,
  "use-adam": writeAdam,
  "use-relu": writeRelu,
  "validation-split": writeSplit,
  "warmup-cosine": writeWarmupCosine,
  "weight-decay": writeWeightDecay,
  "whiten-inputs": writeWhiten,
  "xavier-initialization": writeXavier,
};

/** Remedies that can be written into a recipe. */
export const WRITTEN: readonly string[] = Object.keys(WRITERS);

/** The edits of a remedy, which leave a valid recipe; or why there are none. */
export function recipeEdits(
  text: string,
  remedy: RemedyOffer,
): { edits: TextEdit[]; disabled?: string } {
  const write = WRITERS[remedy.id];
  if (!write) return { edits: [], disabled: `"${remedy.title}" cannot be written into a recipe.` };
  try {
    const edits = write(parseRecipe(text), remedy);
    const after = applyEdits(text, edits);
    if (after === text) return { edits: [], disabled: "The recipe already says so." };
    const [problem] = readRecipe(after).problems;
    if (problem) return { edits: [], disabled: `It does not fit here: ${problem.message}` };
    return { edits };
  } catch (error) {
    if (error instanceof NotApplicable) return { edits: [], disabled: error.message };
    throw error;
  }
}
