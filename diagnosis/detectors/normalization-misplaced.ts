/** Batch normalisation behind an activation, or behind a bias that it takes off again. */
import type { LayerInfo } from "../../telemetry/events.ts";
import { defineDetector } from "../detector.ts";
import { list } from "../format.ts";
import { moveNormalization } from "../remedies/move-normalization.ts";
import { omitBias } from "../remedies/omit-bias.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";
import { isBatchNorm } from "../theory/network.ts";

export const normalizationMisplaced = defineDetector({
  symptom: "normalization-misplaced",
  lesson:
    "Lesson 001, batch normalisation between a layer and its activation, without bias (S1-18, S1-19; Ioffe and Szegedy 2015)",
  needs: ["run.layers"],
  starts: "before the first update, from the layers",
  thresholds: {},
  remedies: [moveNormalization, omitBias],
  on: ["run"],
  create() {
    return (event) => {
      if (event.kind !== "run") return undefined;
      const { layers } = event;
      const late = layers.filter(({ type }, i) => isBatchNorm(type) && isActivated(layers[i - 1]));
      const biased = layers.filter(
        (layer, i) => layer.bias && !isActivated(layer) && isBatchNorm(layers[i + 1]?.type ?? ""),
      );
      const remarks = [
        ...(late.length > 0 ? [`${namesOf(late)} stands behind an activation, not before it`] : []),
        ...(biased.length > 0
          ? [`the bias of ${namesOf(biased)} is taken off again by the normalisation behind`]
          : []),
      ];
      if (remarks.length === 0) return undefined;
      return fromTheStart({
        layers: [...late, ...biased].map(({ name }) => name),
        message: `Batch normalisation: ${remarks.join("; ")}.`,
        anchor: (late[0] ?? biased[0])?.anchor ?? null,
      });
    };
  },
});

const isActivated = (layer: LayerInfo | undefined) =>
  layer?.activation != null && layer.activation !== "linear";

const namesOf = (layers: readonly LayerInfo[]) => list(layers.map(({ name }) => name));
