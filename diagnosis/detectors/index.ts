/** Every detector. A new symptom: one file and one line here. */
import type { Detector } from "../detector.ts";
import { acceleratorIdle } from "./accelerator-idle.ts";
import { activationDrift } from "./activation-drift.ts";
import { atChance } from "./at-chance.ts";
import { badLabels } from "./bad-labels.ts";
import { batchSize } from "./batch-size.ts";
import { classImbalance } from "./class-imbalance.ts";
import { clippingMisused } from "./clipping-misused.ts";
import { dataLeak } from "./data-leak.ts";
import { deadRelu } from "./dead-relu.ts";
import { depthWithoutNormalization } from "./depth-without-normalization.ts";
import { depthWithoutSkip } from "./depth-without-skip.ts";
import { detachedLoss } from "./detached-loss.ts";
import { dropoutMisplaced } from "./dropout-misplaced.ts";
import { explodingGradients } from "./exploding-gradients.ts";
import { frozenLayer } from "./frozen-layer.ts";
import { gradientsNotCleared } from "./gradients-not-cleared.ts";
import { halfPrecisionOverflow } from "./half-precision-overflow.ts";
import { halfPrecisionUnderflow } from "./half-precision-underflow.ts";
import { initMismatch } from "./init-mismatch.ts";
import { inputBound } from "./input-bound.ts";
import { learningRateTooHigh } from "./learning-rate-too-high.ts";
import { learningRateTooLow } from "./learning-rate-too-low.ts";
import { lossOscillation } from "./loss-oscillation.ts";
import { lossSpike } from "./loss-spike.ts";
import { noEarlyStopping } from "./no-early-stopping.ts";
import { noValidation } from "./no-validation.ts";
import { noisyGradients } from "./noisy-gradients.ts";
import { nonFinite } from "./non-finite.ts";
import { normalizationMisplaced } from "./normalization-misplaced.ts";
import { optimizerSettings } from "./optimizer-settings.ts";
import { outputLossMismatch } from "./output-loss-mismatch.ts";
import { overfittingGap } from "./overfitting-gap.ts";
import { parametersNotOptimized } from "./parameters-not-optimized.ts";
import { plateau } from "./plateau.ts";
import { rbfMisused } from "./rbf-misused.ts";
import { replicaDrift } from "./replica-drift.ts";
import { saturatedActivations } from "./saturated-activations.ts";
import { scheduleShape } from "./schedule-shape.ts";
import { signalCollapse } from "./signal-collapse.ts";
import { signalExplosion } from "./signal-explosion.ts";
import { stragglerRank } from "./straggler-rank.ts";
import { symmetricWeights } from "./symmetric-weights.ts";
import { testReuse } from "./test-reuse.ts";
import { tooLittleData } from "./too-little-data.ts";
import { underfitting } from "./underfitting.ts";
import { unevenLayers } from "./uneven-layers.ts";
import { unnormalizedInputs } from "./unnormalized-inputs.ts";
import { unshuffledData } from "./unshuffled-data.ts";
import { validationRising } from "./validation-rising.ts";
import { vanishingGradients } from "./vanishing-gradients.ts";
import { weightsGrowing } from "./weights-growing.ts";
import { wrongMode } from "./wrong-mode.ts";

export const DETECTORS: readonly Detector[] = [
  // gradients
  vanishingGradients,
  noisyGradients,
  explodingGradients,
  nonFinite,
  // activations
  saturatedActivations,
  signalCollapse,
  signalExplosion,
  activationDrift,
  deadRelu,
  // weights
  symmetricWeights,
  weightsGrowing,
  frozenLayer,
  unevenLayers,
  // loss
  lossOscillation,
  lossSpike,
  learningRateTooHigh,
  learningRateTooLow,
  plateau,
  atChance,
  // generalisation
  testReuse,
  underfitting,
  overfittingGap,
  validationRising,
  // data
  unnormalizedInputs,
  unshuffledData,
  classImbalance,
  tooLittleData,
  badLabels,
  dataLeak,
  // set-up
  outputLossMismatch,
  initMismatch,
  scheduleShape,
  optimizerSettings,
  batchSize,
  noValidation,
  noEarlyStopping,
  depthWithoutSkip,
  depthWithoutNormalization,
  dropoutMisplaced,
  normalizationMisplaced,
  clippingMisused,
  rbfMisused,
  // training loop
  gradientsNotCleared,
  parametersNotOptimized,
  wrongMode,
  detachedLoss,
  halfPrecisionOverflow,
  halfPrecisionUnderflow,
  // machine, ranks
  replicaDrift,
  stragglerRank,
  acceleratorIdle,
  inputBound,
];
