/** What goes together at the end of a network: its activation, the loss and the targets. */

export type OutputActivation = "softmax" | "sigmoid" | "linear";
export type TargetKind = "class" | "labels" | "number";

/** The activation that a loss is made for (lesson 004, S4-16); undefined where several are. */
export function activationFor(loss: string, fromLogits = false): OutputActivation | undefined {
  const cross = /crossentropy/i.test(loss);
  if (!cross) return undefined;
  if (fromLogits) return "linear";
  return /binary/i.test(loss) ? "sigmoid" : "softmax";
}

/** The loss that is made for an activation, of the given targets; undefined where the activation is no good for them. */
export function lossFor(
  activation: string,
  targets: TargetKind,
): "sparseCategoricalCrossentropy" | "binaryCrossentropy" | "meanSquaredError" | undefined {
  if (targets === "number") return activation === "linear" ? "meanSquaredError" : undefined;
  if (activation === "sigmoid") return "binaryCrossentropy";
  return activation === "softmax" && targets === "class"
    ? "sparseCategoricalCrossentropy"
    : undefined;
}
