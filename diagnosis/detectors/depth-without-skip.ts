/** So many layers that they get worse with every one more, unless a connection leads past them. */
import { defineDetector } from "../detector.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { residualBlocks } from "../remedies/residual-blocks.ts";
import { deepLayers } from "../theory/depth.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { hasSkip } from "../theory/network.ts";

export const depthWithoutSkip = defineDetector({
  symptom: "depth-without-skip",
  lesson: "Lesson 002, residual connections and degradation (S2-24, S2-25; He et al. 2016)",
  needs: ["run.layers"],
  starts: "before the first update, from the layers",
  thresholds: {
    layers: { value: 20, what: "layers with weights", source: "Lesson 002 (S2-24)" },
  },
  remedies: [residualBlocks, batchNormalization],
  on: ["run"],
  create(limits) {
    return (event) => {
      if (event.kind !== "run" || hasSkip(event.layers)) return undefined;
      const deep = deepLayers(event.layers);
      if (deep.length <= limits.layers) return undefined;
      const text = `${deep.length} layers with weights`;
      return fromTheStart({
        message: `${text} follow each other without a residual connection: above ${limits.layers}, deeper networks learned worse.`,
        evidence: [figure("layers", deep.length, limits.layers, text)],
        anchor: deep[0]?.layer.anchor ?? null,
      });
    };
  },
});
