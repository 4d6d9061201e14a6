/** Every detector. A new symptom: one file and one line here. */
import type { Detector } from "../detector.ts";
import { atChance } from "./at-chance.ts";
import { deadRelu } from "./dead-relu.ts";
import { explodingGradients } from "./exploding-gradients.ts";
import { learningRateTooHigh } from "./learning-rate-too-high.ts";
import { learningRateTooLow } from "./learning-rate-too-low.ts";
import { lossOscillation } from "./loss-oscillation.ts";
import { lossSpike } from "./loss-spike.ts";
import { nonFinite } from "./non-finite.ts";
import { overfittingGap } from "./overfitting-gap.ts";
import { plateau } from "./plateau.ts";
import { underfitting } from "./underfitting.ts";
import { validationRising } from "./validation-rising.ts";

export const DETECTORS: readonly Detector[] = [
  // gradients
  explodingGradients,
  nonFinite,
  // activations
  deadRelu,
  // weights
  // loss
  lossOscillation,
  lossSpike,
  learningRateTooHigh,
  learningRateTooLow,
  plateau,
  atChance,
  // generalisation
  underfitting,
  overfittingGap,
  validationRising,
  // data
  // set-up
  // training loop
  // machine, ranks
];
