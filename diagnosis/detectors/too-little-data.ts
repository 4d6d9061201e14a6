/**
 * Few examples, or few for so many parameters. Small sets can be learned well: whether the network overfits is for
 * the gap between training and validation to say.
 */
import { defineDetector } from "../detector.ts";
import { augment } from "../remedies/augment.ts";
import { dropout } from "../remedies/dropout.ts";
import { weightDecay } from "../remedies/weight-decay.ts";
import { expectedOverfitting } from "../theory/dataSize.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";

export const tooLittleData = defineDetector({
  symptom: "too-little-data",
  lesson: "Lesson 000, more data (S0-25); lesson 003, start simple (S3-29)",
  needs: ["run.examples.train"],
  starts: "before the first update, from the number of examples",
  thresholds: {
    examples: { value: 1000, what: "training examples", source: "Lesson 000 (S0-25)" },
    parameters: {
      value: 100,
      what: "parameters a training example",
      source: "Lesson 003 (S3-29)",
    },
  },
  remedies: [augment, weightDecay, dropout],
  on: ["run"],
  create(limits) {
    return (event, { layers }) => {
      if (event.kind !== "run") return undefined;
      const { train } = event.examples;
      if (train === 0) return undefined;
      const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
      const each = parameters / train;
      const few = train < limits.examples;
      const large = each > limits.parameters;
      if (!few && !large) return undefined;
      const examples = `${train.toLocaleString("en")} training examples let expect ${expectedOverfitting(train)} overfitting`;
      const plain = few && (event.inputShape?.length ?? 1) > 1 && !event.augmented;
      const size = `${parameters.toLocaleString("en")} parameters are ${Math.round(each).toLocaleString("en")} an example`;
      return fromTheStart({
        message: `${[...(few ? [examples] : []), ...(plain ? ["the pictures are not augmented"] : []), ...(large ? [size] : [])].join("; ")}.`,
        anchor: event.anchors.data,
      });
    };
  },
});
