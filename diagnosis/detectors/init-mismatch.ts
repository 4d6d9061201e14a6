/**
 * Weights that start at another scale than the activation behind them asks for.
 *
 * Judged by the measured weights, not by the initializer's name. What a layer is off by multiplies with depth: the
 * √2 between Xavier and He is nothing in three layers and a factor of 1,000 in twenty (requirements, S4-25). So
 * a single layer is a matter of practice; the product over the layers, or units that start saturated, is trouble.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { list, percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { xavierInitialization } from "../remedies/xavier-initialization.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { type InitScale, judgeInit, startingStd } from "../theory/initialization.ts";
import { activationAfter, isNormalized, weightedLayers } from "../theory/network.ts";

/** From here on a layer's weights, and not its inputs, saturate it. */
const LARGE = 3;

interface Judged extends InitScale {
  index: number;
  name: string;
  activation: string;
  isOutput: boolean;
}

export const initMismatch = defineDetector({
  symptom: "init-mismatch",
  lesson:
    "Lesson 001, initialisation and its cheat sheet; lesson 003, Xavier or He (Glorot and Bengio 2010; He et al. 2015)",
  needs: ["initial.layers.weightNorm"],
  wants: ["initial.layers.saturated"],
  starts: "before the first update, from the weights and one forward pass",
  thresholds: {
    gain: {
      value: 100,
      what: "product of the layers' wrong factors, or its inverse",
      source:
        "Ours: gradients are off by as much, and usual learning rates span a hundred (S3-13, S2-33); a healthy He net drifts by 3 (S1-11)",
    },
    saturated: {
      value: 0.5,
      what: "share of a layer's outputs at an asymptote before the first update",
      source: "Lesson 000 (S0-01)",
    },
    badLoss: {
      value: 2,
      what: "initial loss over that of a constant prediction, for too large weights",
      source: "TheDeepChecker: relative error of the initial loss of 1",
    },
  },
  remedies: [heInitialization, xavierInitialization],
  on: ["initial"],
  create(limits) {
    return (event, history) => {
      // Weights that another run has trained are no initialisation.
      if (event.kind !== "initial" || history.run?.resumed) return undefined;
      const judged = judgeLayers(history, event.layers.weightNorm);
      return (
        saturating(judged, event.layers.saturated, history, limits) ??
        compounding(judged, history, limits) ??
        mismatched(judged, history)
      );
    };
  },
});

function judgeLayers({ layers }: History, norms: readonly (number | null)[]): Judged[] {
  const weighted = weightedLayers(layers);
  return weighted.flatMap(({ layer, index }, i) => {
    const std = startingStd(layer, norms[index]);
    // A normalisation behind the layer undoes its scale.
    if (Number.isNaN(std) || layer.trainable === false || isNormalized(layers, index)) return [];
    const activation = activationAfter(layers, index);
    const fans = { fanIn: layer.fanIn ?? 1, fanOut: layer.fanOut ?? layer.units ?? 1 };
    const scale = judgeInit(std, activation, fans, fans.fanIn * (layer.units ?? 1));
    const isOutput = i === weighted.length - 1;
    return [{ ...scale, index, name: layer.name, activation, isOutput }];
  });
}

function saturating(
  judged: readonly Judged[],
  saturated: readonly (number | null)[],
  history: History,
  limits: { saturated: number },
): Observation | undefined {
  const found = judged.filter(
    ({ index, ratio, isOutput }) =>
      !isOutput && ratio >= LARGE && (saturated[index] ?? 0) > limits.saturated,
  );
  const [first] = found;
  if (!first) return undefined;
  const share = saturated[first.index] ?? 0;
  return observe(found, history, {
    message: `The weights of ${namesOf(found)} start ${short(first.ratio)} times too large for ${first.activation}: ${percent(share)} of the outputs of ${first.name} are at an asymptote before the first update, where no gradient passes.`,
    evidence: found.map(({ index, name }) => {
      const each = saturated[index] ?? 0;
      const text = `${name}: ${percent(each)} of the outputs saturated at the start`;
      return figure(`layer.${index}.saturated`, each, limits.saturated, text, name);
    }),
    severity: "warning",
  });
}

function compounding(
  judged: readonly Judged[],
  history: History,
  limits: { gain: number; badLoss: number },
): Observation | undefined {
  // A residual connection carries the signal past layers of any small scale.
  const bridged = history.layers.some(({ skip }) => skip);
  // Small weights of the output are good practice: the first predictions are near a constant then.
  const small = bridged
    ? []
    : judged.filter(({ verdict, isOutput }) => verdict === "too small" && !isOutput);
  const large = judged.filter(({ verdict }) => verdict === "too large");
  const down = gainOf(small);
  const up = gainOf(large);
  const bad = history.initialLoss / history.chanceLoss >= limits.badLoss;
  if (up * down >= limits.gain && bad) return compounded(large, up, history, limits.gain);
  if (up * down <= 1 / limits.gain) return compounded(small, down, history, 1 / limits.gain);
  return undefined;
}

const gainOf = (layers: readonly Judged[]) => layers.reduce((gain, { ratio }) => gain * ratio, 1);

function compounded(
  found: readonly Judged[],
  gain: number,
  history: History,
  threshold: number,
): Observation {
  const size = gain > 1 ? `${short(gain)} times too large` : `${short(1 / gain)} times too small`;
  return observe(found, history, {
    message: `The weights of ${namesOf(found)} start at the wrong scale: together they make the signal ${size} for the activations behind them.`,
    evidence: [
      figure("initialGain", gain, threshold, `gain of ${short(gain)} over ${found.length} layers`),
      ...found.map((layer) =>
        figure(
          `layer.${layer.index}.weightNorm`,
          layer.std,
          layer.wanted,
          textOf(layer),
          layer.name,
        ),
      ),
    ],
    severity: "warning",
  });
}

/** All zeros are another symptom: units that are copies of each other. */
function mismatched(judged: readonly Judged[], history: History): Observation | undefined {
  const found = judged.filter(
    ({ verdict, isOutput }) => !isOutput && (verdict === "too small" || verdict === "too large"),
  );
  const [first] = found;
  if (!first) return undefined;
  return observe(found, history, { message: `${textOf(first)}${others(found.length - 1)}.` });
}

const others = (count: number) =>
  count === 0 ? "" : `; so do ${count === 1 ? "1 layer" : `${count} layers`} more`;

const namesOf = (found: readonly Judged[]) => list(found.map(({ name }) => name));

function textOf({ name, std, wanted, activation }: Judged): string {
  return `${name} starts with the standard deviation ${short(std)}, where ${activation} asks for ${short(wanted)}`;
}

function observe(
  found: readonly Judged[],
  history: History,
  rest: Pick<Observation, "message"> & Partial<Observation>,
): Observation {
  return fromTheStart({
    layers: found.map(({ name }) => name),
    anchor: history.layers[found[0]?.index ?? 0]?.anchor ?? null,
    ...rest,
  });
}
