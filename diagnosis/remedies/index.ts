/** Every remedy, and which of them treat which symptom, the best first. */
import type { Observation } from "../detector.ts";
import type { RemedyOffer, Symptom } from "../finding.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";
import { clipByNorm } from "./clip-by-norm.ts";
import { dropout } from "./dropout.ts";
import { earlyStopping } from "./early-stopping.ts";
import { heInitialization } from "./he-initialization.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { lowerLearningRate } from "./lower-learning-rate.ts";
import { weightDecay } from "./weight-decay.ts";

/** He initialisation comes first where it is proposed at all: only then is the scale of the weights wrong. */
const TREATMENT: Record<Symptom, readonly Remedy[]> = {
  "exploding-gradients": [heInitialization, lowerLearningRate, clipByNorm],
  "non-finite": [heInitialization, lowerLearningRate, clipByNorm],
  "dead-relu": [heInitialization, lowerLearningRate, leakyRelu, clipByNorm],
  "validation-rising": [earlyStopping, dropout, weightDecay],
  "overfitting-gap": [dropout, weightDecay, earlyStopping],
};

/** The remedies for what was observed; the first is the preferred one. */
export function offerRemedies(
  symptom: Symptom,
  observation: Observation,
  history: History,
): RemedyOffer[] {
  return TREATMENT[symptom]
    .flatMap((remedy) => {
      const proposal = remedy.propose(observation, history);
      return proposal ? [{ id: remedy.id, ...proposal }] : [];
    })
    .sort((a, b) => Number(b.pointedAt ?? false) - Number(a.pointedAt ?? false))
    .map(({ pointedAt: _, ...offer }, i) => ({ ...offer, preferred: i === 0 }));
}
