/** UMLAUT (Schoop et al., CHI 2021): the heuristics of BerkeleyHCI/umlaut. */
import type { Peer, Rule } from "./peer.ts";

const outputActivation: Rule = ({ layers }) =>
  layers.length > 0 && layers.at(-1)?.activation !== "softmax";

/** Dense layers one after the other with nothing non-linear between. */
const missingActivations: Rule = (run) =>
  run.layers
    .slice(0, -1)
    .some(
      ({ type, activation }) =>
        type === "dense" && (activation === null || activation === "linear"),
    );

/** The validation loss rose while the training loss fell, in one epoch. */
const overfit: Rule = (run) => {
  const [train, validation] = [run.trainCurve("loss"), run.validationCurve("loss")];
  return train.some(
    (loss, i) =>
      loss < (train[i - 1] ?? Number.NaN) &&
      (validation[i] as number) > (validation[i - 1] ?? Number.NaN),
  );
};

/** After epoch 3: suspiciously good, or better than training. */
const validationAccuracy: Rule = (run) =>
  run.epochs.some(({ epoch, train, validation }) => {
    const unseen = validation?.["accuracy"] ?? Number.NaN;
    return epoch > 3 && (unseen > 0.95 || unseen > (train["accuracy"] ?? Number.NaN) + 0.05);
  });

export const umlaut: Peer = {
  name: "UMLAUT",
  source: "BerkeleyHCI/umlaut",
  rules: {
    input_range: ({ data }) => data !== undefined && (data.inputs.min < -1 || data.inputs.max > 1),
    nan_input: ({ data }) => (data?.invalid?.inputs ?? 0) > 0,
    lr: (run) => run.steps.some(({ learningRate: rate }) => rate > 0.01 || rate < 1e-7),
    overfit,
    val_acc: validationAccuracy,
    missing_softmax: outputActivation,
    missing_activations: missingActivations,
    dropout: (run) => run.layers.some(({ rate = 0 }) => rate > 0.5),
  },
  leftOut: ["integer inputs", "shape of images"],
};
