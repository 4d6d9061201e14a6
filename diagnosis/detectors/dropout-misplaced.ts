/** Dropout where it does harm, at rates that are not usual, or so much of it that hardly any signal is left. */
import type { RunEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { list, percent } from "../format.ts";
import { dropoutPlaces } from "../remedies/dropout-places.ts";
import { dropoutRate } from "../remedies/dropout-rate.ts";
import { removeDropout } from "../remedies/remove-dropout.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";

/** Less than this changes too few of the predictions to matter. */
const LEAST_RATE = 0.01;

export const dropoutMisplaced = defineDetector({
  symptom: "dropout-misplaced",
  lesson: "Lesson 001, dropout rates by layer (S1-25); lesson 002 (S2-16; Srivastava et al. 2014)",
  needs: ["run.layers"],
  starts: "before the first update, from the layers",
  thresholds: {
    kept: {
      value: 0.02,
      what: "share of the signal's paths that all dropout layers together keep",
      source: "Ours: four layers of 0.5, the most that is usual (S1-25), keep 6 %",
    },
  },
  remedies: [removeDropout, dropoutRate],
  on: ["run"],
  create(limits) {
    return (event) =>
      event.kind === "run"
        ? (drowned(event, limits.kept) ?? onOutput(event) ?? unusual(event))
        : undefined;
  },
});

/** Inverted dropout keeps the mean; its noise is (1 − p) / p of the signal, and multiplies over the layers. */
function drowned(run: RunEvent, least: number): Observation | undefined {
  const dropping = run.layers.filter(({ rate }) => (rate ?? 0) > 0);
  const kept = dropping.reduce((share, { rate = 0 }) => share * (1 - rate), 1);
  if (!(kept < least)) return undefined;
  const names = dropping.map(({ name }) => name);
  const text = `${list(names)} together let ${percent(kept)} of the paths through`;
  return fromTheStart({
    severity: "warning",
    layers: names,
    message: `${text}: a training step sees mostly noise.`,
    evidence: [figure("dropout.kept", kept, least, text)],
    anchor: dropping[0]?.anchor ?? null,
  });
}

function onOutput(run: RunEvent): Observation | undefined {
  const places = dropoutPlaces(run.layers);
  const found = run.layers.find(
    ({ name, rate }) =>
      (rate ?? 0) >= LEAST_RATE && places.some((p) => p.name === name && p.place === "output"),
  );
  if (!found) return undefined;
  const text = `${found.name} sets ${percent(found.rate ?? 0)} of the predictions to 0 while training`;
  return fromTheStart({
    severity: "warning",
    layers: [found.name],
    message: `${text}: nothing can be learned to make up for that.`,
    evidence: [figure("dropout.rate", found.rate ?? 0, 0, text, found.name)],
    anchor: found.anchor,
  });
}

function unusual(run: RunEvent): Observation | undefined {
  const places = dropoutPlaces(run.layers).filter(({ inRange }) => !inRange);
  const [first] = places;
  const layer = run.layers.find(({ name }) => name === first?.name);
  // A rate of 0 drops nothing.
  if (!first || !layer?.rate) return undefined;
  const where = first.place === "input" ? "in front of the first layer" : "between these layers";
  return fromTheStart({
    layers: places.map(({ name }) => name),
    message: `${first.name} drops ${percent(layer.rate)}, which is not usual ${where}: ${percent(first.usual)} is.`,
    anchor: layer.anchor,
  });
}
