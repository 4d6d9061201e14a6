/** Many layers in a row without one that brings the signal back to unit size. */
import { defineDetector } from "../detector.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { layerNormalization } from "../remedies/layer-normalization.ts";
import { residualBlocks } from "../remedies/residual-blocks.ts";
import { deepLayers } from "../theory/depth.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { hasNormalization } from "../theory/network.ts";

export const depthWithoutNormalization = defineDetector({
  symptom: "depth-without-normalization",
  lesson:
    "Lesson 003, normalisation in deep networks (S3-28; Ioffe and Szegedy 2015; Ba et al. 2016)",
  needs: ["run.layers"],
  starts: "before the first update, from the layers",
  thresholds: {
    layers: { value: 10, what: "layers with weights", source: "Lesson 003 (S3-28)" },
  },
  remedies: [residualBlocks, batchNormalization, layerNormalization, heInitialization],
  on: ["run"],
  create(limits) {
    return (event) => {
      if (event.kind !== "run" || hasNormalization(event.layers)) return undefined;
      const deep = deepLayers(event.layers);
      if (deep.length <= limits.layers) return undefined;
      const text = `${deep.length} layers with weights`;
      return fromTheStart({
        message: `${text} follow each other without normalisation: what each is off by multiplies over all of them.`,
        evidence: [figure("layers", deep.length, limits.layers, text)],
        anchor: deep[0]?.layer.anchor ?? null,
      });
    };
  },
});
