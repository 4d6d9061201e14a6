/** What goes together at the end of a network: its activation, the loss and the targets (lesson 004, S4-16). */

export type OutputActivation = "softmax" | "sigmoid" | "linear";
export type TargetKind = "class" | "labels" | "number";

export interface Ending {
  activation: OutputActivation;
  loss: "sparseCategoricalCrossentropy" | "binaryCrossentropy" | "meanSquaredError";
  /** Units that the output must have at least. */
  units: number;
}

/** The activation that a loss is made for; undefined where several are. */
export function activationFor(loss: string, fromLogits?: boolean): OutputActivation | undefined {
  if (!isCrossEntropy(loss)) return undefined;
  if (fromLogits ?? /softmax|sigmoid|logits/i.test(loss)) return "linear";
  return isBinary(loss) ? "sigmoid" : "softmax";
}

/**
 * The ending that targets ask for.
 * @param units of the output; one is enough for two classes
 */
export function endingFor(targets: TargetKind, units: number, classes: number): Ending {
  if (targets === "number") return { activation: "linear", loss: "meanSquaredError", units };
  const binary = targets === "labels" || (units === 1 && classes <= 2);
  return binary
    ? { activation: "sigmoid", loss: "binaryCrossentropy", units }
    : {
        activation: "softmax",
        loss: "sparseCategoricalCrossentropy",
        units: Math.max(units, classes),
      };
}

/** Whether a loss does what another does; how the targets are written aside. */
export function isKindOf(wanted: Ending["loss"], loss: string): boolean {
  if (wanted === "meanSquaredError") return !isCrossEntropy(loss);
  return isCrossEntropy(loss) && isBinary(loss) === (wanted === "binaryCrossentropy");
}

function isCrossEntropy(loss: string): boolean {
  return /cross_?entropy|nll|bce/i.test(loss);
}

function isBinary(loss: string): boolean {
  return /binary|bce|sigmoid/i.test(loss);
}
