/** Every detector. A new symptom: one file and one line here. */
import type { Detector } from "../detector.ts";
import { deadRelu } from "./dead-relu.ts";
import { explodingGradients } from "./exploding-gradients.ts";
import { nonFinite } from "./non-finite.ts";
import { overfittingGap } from "./overfitting-gap.ts";
import { validationRising } from "./validation-rising.ts";

export const DETECTORS: readonly Detector[] = [
  // gradients
  explodingGradients,
  nonFinite,
  // activations
  deadRelu,
  // weights
  // loss
  // generalisation
  overfittingGap,
  validationRising,
  // data
  // set-up
  // training loop
  // machine, ranks
];
