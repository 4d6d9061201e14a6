/** Every remedy. A new one: one file and one line here, and how it is written in `fixes/recipe/`. */
import type { Remedy } from "../remedy.ts";
import { augment } from "./augment.ts";
import { batchNormalization } from "./batch-normalization.ts";
import { batchSize } from "./batch-size.ts";
import { capEmphasis } from "./cap-emphasis.ts";
import { clipByNorm } from "./clip-by-norm.ts";
import { clipNormInsteadOfValue } from "./clip-norm-instead-of-value.ts";
import { correctSchedule } from "./correct-schedule.ts";
import { defaultOptimizerSettings } from "./default-optimizer-settings.ts";
import { dropRemainder } from "./drop-remainder.ts";
import { dropout } from "./dropout.ts";
import { dropoutRate } from "./dropout-rate.ts";
import { earlyStopping } from "./early-stopping.ts";
import { heInitialization } from "./he-initialization.ts";
import { layerNormalization } from "./layer-normalization.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { lessWeightDecay } from "./less-weight-decay.ts";
import { lowerLearningRate } from "./lower-learning-rate.ts";
import { matchingLoss } from "./matching-loss.ts";
import { matchingOutput } from "./matching-output.ts";
import { momentum } from "./momentum.ts";
import { moreEpochs } from "./more-epochs.ts";
import { moveNormalization } from "./move-normalization.ts";
import { omitBias } from "./omit-bias.ts";
import { raiseClipNorm } from "./raise-clip-norm.ts";
import { raiseLearningRate } from "./raise-learning-rate.ts";
import { reduceOnPlateau } from "./reduce-on-plateau.ts";
import { removeDropout } from "./remove-dropout.ts";
import { residualBlocks } from "./residual-blocks.ts";
import { restoreBestWeights } from "./restore-best-weights.ts";
import { shuffle } from "./shuffle.ts";
import { standardizeInputs } from "./standardize-inputs.ts";
import { useAdam } from "./use-adam.ts";
import { useRelu } from "./use-relu.ts";
import { validationSplit } from "./validation-split.ts";
import { warmupCosine } from "./warmup-cosine.ts";
import { weightDecay } from "./weight-decay.ts";
import { whitenInputs } from "./whiten-inputs.ts";
import { xavierInitialization } from "./xavier-initialization.ts";

export const REMEDIES: readonly Remedy[] = [
  augment,
  batchNormalization,
  batchSize,
  capEmphasis,
  clipByNorm,
  clipNormInsteadOfValue,
  correctSchedule,
  defaultOptimizerSettings,
  dropRemainder,
  dropoutRate,
  dropout,
  earlyStopping,
  heInitialization,
  layerNormalization,
  leakyRelu,
  lessWeightDecay,
  lowerLearningRate,
  matchingLoss,
  matchingOutput,
  momentum,
  moreEpochs,
  moveNormalization,
  omitBias,
  raiseClipNorm,
  raiseLearningRate,
  reduceOnPlateau,
  removeDropout,
  residualBlocks,
  restoreBestWeights,
  shuffle,
  standardizeInputs,
  useAdam,
  useRelu,
  validationSplit,
  warmupCosine,
  weightDecay,
  whitenInputs,
  xavierInitialization,
];
