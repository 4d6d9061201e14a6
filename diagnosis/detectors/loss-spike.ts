/**
 * The loss of single steps jumps far out of a smooth curve. One spike that heals is worth a note with its step; spikes
 * after which what was learned stays lost are `learning-rate-too-high`.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { warmupCosine } from "../remedies/warmup-cosine.ts";
import { median, Window } from "../robust.ts";

/** Steps that tell what is usual. */
const WINDOW = 32;
/** From the median absolute deviation to the standard deviation, for normal noise. */
const TO_DEVIATION = 1.4826;

interface Spike {
  step: number;
  loss: number;
  usual: number;
  threshold: number;
}

export const lossSpike = defineDetector({
  symptom: "loss-spike",
  lesson:
    "Lesson 003, loss curves should be smooth: spikes mean a rate that is too high (PaLM; ZClip 2025)",
  needs: ["step.loss"],
  starts: "after 32 steps",
  thresholds: {
    deviations: {
      value: 6,
      what: "robust standard deviations above the running median, of the logarithm of the loss",
      source: "OLMo-core, SkipStepOptimizer: 6 σ over 128 steps; lesson 003 (S3-25): 3 MAD",
    },
    factor: {
      value: 2,
      what: "loss over its running median",
      source: "LLM-Foundry, KillLossSpike",
    },
    repeats: {
      value: 4,
      what: "spikes in the last tenth of the run before it is more than a note",
      source: "LLM-Foundry, KillLossSpike: 4 of 100 steps",
    },
  },
  remedies: [lowerLearningRate, clipByNorm, warmupCosine],
  on: ["step"],
  create({ deviations, factor, repeats }) {
    const recent = new Window(WINDOW);
    const spikes: Spike[] = [];
    return (event, history) => {
      if (event.kind !== "step" || !(event.loss > 0) || !Number.isFinite(event.loss))
        return undefined;
      const spike =
        recent.full && event.loss > factor * recent.last
          ? spikeAt(event.step, event.loss, recent.values, { deviations, factor })
          : undefined;
      recent.push(event.loss);
      if (!spike) return undefined;
      spikes.push(spike);
      const lately = event.step - Math.max(100, 0.1 * event.step);
      const count = spikes.filter(({ step }) => step > lately).length;
      return observe(history, spike, spikes.length, count >= repeats && history.unlearned > 0.5);
    };
  },
});

/** Compared with the medians of the window only where it is high above the step before: spikes are rare. */
function spikeAt(
  step: number,
  loss: number,
  window: readonly number[],
  { deviations, factor }: { deviations: number; factor: number },
): Spike | undefined {
  const logs = window.map(Math.log);
  const middle = median(logs);
  const deviation = TO_DEVIATION * median(logs.map((log) => Math.abs(log - middle)));
  const threshold = Math.max(Math.exp(middle + deviations * deviation), factor * Math.exp(middle));
  return loss > threshold ? { step, loss, usual: Math.exp(middle), threshold } : undefined;
}

function observe(history: History, spike: Spike, count: number, troubling: boolean): Observation {
  const { step, loss, usual, threshold } = spike;
  const span = { firstStep: step, lastStep: step };
  return {
    severity: troubling ? "warning" : "info",
    ...span,
    layers: [],
    message: `The loss jumped to ${short(loss)} at step ${step}, from ${short(usual)}${count > 1 ? `; ${count} such spikes so far` : ""}.`,
    evidence: [
      {
        metric: "loss",
        layer: null,
        ...span,
        value: loss,
        threshold,
        text: `loss ${short(loss)} at step ${step}, median of the ${WINDOW} steps before ${short(usual)}`,
      },
    ],
    anchor: history.run?.anchors.optimizer ?? null,
  };
}
