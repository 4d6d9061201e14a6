/** What people write who come from other libraries. */
import { ACTIVATIONS } from "./names.ts";
import { nearest, plain, suggestion } from "./nearest.ts";

/** Our names for what Keras, PyTorch or a paper calls otherwise. */
const SYNONYMS: Record<string, string> = {
  linear: "dense",
  fullyConnected: "dense",
  batchNorm1d: "batchNormalization",
  batchNorm2d: "batchNormalization",
  maxPool2d: "maxPooling2d",
  avgPool2d: "averagePooling2d",
  avgPool: "averagePooling2d",
  units: "filters",
  filters: "units",
  p: "rate",
  silu: "swish",
  xavier: "glorotUniform",
  xavierUniform: "glorotUniform",
  xavierNormal: "glorotNormal",
  glorot: "glorotUniform",
  kaimingUniform: "heUniform",
  kaimingNormal: "heNormal",
  normal: "randomNormal",
  uniform: "randomUniform",
  std: "stddev",
  gradientDescent: "sgd",
  lr: "learningRate",
  gradientClipping: "clipNorm",
  maxGradNorm: "clipNorm",
  gamma: "factor",
  stepSize: "every",
  stepLR: "step",
  mse: "meanSquaredError",
  bce: "binaryCrossentropy",
  crossentropy: "sparseCategoricalCrossentropy",
  dropLast: "dropRemainder",
  normalize: "scaling",
};

/** What is no name of its own here, as the end of a sentence. */
const WRITTEN: Record<string, string> = {
  prelu: 'it is a layer of its own: put { "type": "prelu" } behind a layer without activation.',
  rbf: 'it is a layer of its own: { "type": "rbf", "units": … }.',
  momentum: 'write { "type": "sgd", "momentum": 0.9, … }.',
  nesterov: 'write { "type": "sgd", "momentum": 0.9, "nesterov": true, … }.',
  weightDecay:
    'write { "type": "adamw", … }, or "kernelRegularizer": { "l2": 0.001 } in the layers.',
  learningRate: 'it stands inside "optimizer"; a layer has "learningRateMultiplier".',
  schedule: 'it stands inside "optimizer".',
  validationSplit: 'write "split": { "train": 0.8, "validation": 0.2 } inside "data".',
  inputShape: "leave it out, for the shape is read from the data.",
  metrics: "leave it out, for the accuracy is measured wherever there are classes.",
};

const OTHERWISE = byPlainName(SYNONYMS);
const ELSEWHERE = byPlainName({
  ...Object.fromEntries(
    ACTIVATIONS.map((name) => [name, `write { "type": "activation", "activation": "${name}" }.`]),
  ),
  ...WRITTEN,
});

/**
 * Of a name that is not known where it stands.
 * @returns the known name that was meant, if there is one, and the end of a sentence that helps
 */
export function spelling(
  given: string,
  known: readonly string[],
): { meant: string | undefined; hint: string } {
  const same = plain(given);
  const meant = known.find((name) => plain(name) === same || name === OTHERWISE.get(same));
  if (meant !== undefined) return { meant, hint: `: did you mean "${meant}"?` };
  const elsewhere = ELSEWHERE.get(same);
  if (elsewhere !== undefined) return { meant, hint: `: ${elsewhere}` };
  return { meant: nearest(given, known), hint: suggestion(given, known) };
}

function byPlainName(texts: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(texts).map(([name, text]) => [plain(name), text]));
}
