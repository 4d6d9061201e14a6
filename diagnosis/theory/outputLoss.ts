/** Activations of the output against losses. */
import { short } from "../format.ts";
import { figure } from "./fromTheStart.ts";
import {
  isProbability,
  type Mismatch,
  type Output,
  rangeOf,
  softmaxGradientShare,
  takesProbabilities,
} from "./outputRange.ts";

const isClasses = ({ targets }: Output) => targets?.kind === "class";
const is = (name: string, { activation }: Output) => activation.toLowerCase() === name;

/** What is wrong whatever the targets are. */
export function judgeOutput(output: Output): Mismatch | undefined {
  const { activation, units, loss } = output;
  const categorical = /categorical_?crossentropy/i.test(loss);
  if (units === 1 && (is("softmax", output) || categorical)) {
    const what = is("softmax", output) ? "The softmax of one unit" : `One output under ${loss}`;
    return {
      severity: "error",
      message: `${what} is 1 for every input, so nothing can be learned.`,
      evidence: figure("outputs", units, 2, `${units} unit, and softmax needs one a class`),
    };
  }
  if (!takesProbabilities(loss)) return undefined;
  return notProbabilities(output) ?? competing(activation, output, categorical);
}

function notProbabilities(output: Output): Mismatch | undefined {
  return outOfReach(output) ?? beyondProbabilities(output);
}

function outOfReach({ activation, loss, fromLogits }: Output): Mismatch | undefined {
  const range = rangeOf(activation);
  if (!range || isProbability(activation)) return undefined;
  // Whether a loss takes logits is not always told; then an output of any size may be right.
  if (range.least === Number.NEGATIVE_INFINITY && fromLogits !== false) return undefined;
  const reach = `from ${short(range.least)} to ${short(range.most)}`;
  return {
    severity: fromLogits ? "warning" : "error",
    message: `${loss} takes ${fromLogits ? "logits of any size" : "probabilities"}, and ${activation} puts out values ${reach}.`,
    evidence: figure(
      "outputs.min",
      range.least,
      fromLogits ? Number.NEGATIVE_INFINITY : 0,
      `${activation} reaches ${reach}`,
    ),
  };
}

function beyondProbabilities({ loss, units, targets }: Output): Mismatch | undefined {
  // Numbers of classes in one column are no values to put out.
  if (targets?.outputs !== units || (targets.min >= 0 && targets.max <= 1)) return undefined;
  const text = `the targets reach from ${short(targets.min)} to ${short(targets.max)}`;
  const [value, threshold] = targets.min < 0 ? [targets.min, 0] : [targets.max, 1];
  return {
    severity: "error",
    message: `${loss} takes targets from 0 to 1, and ${text}.`,
    evidence: figure("data.targets", value, threshold, text),
  };
}

/** Classes exclude each other under softmax, labels under sigmoid do not. */
function competing(activation: string, output: Output, categorical: boolean): Mismatch | undefined {
  const { loss, units, targets } = output;
  if (categorical && targets?.kind === "labels") {
    return {
      severity: "error",
      message: `${loss} takes one class a row, and rows here have several labels at once: sigmoid with binary crossentropy lets each be likely by itself.`,
      evidence: figure("data.targets", units, 1, `${units} labels that do not exclude each other`),
    };
  }
  if (categorical && isProbability(activation) && !is("softmax", output)) {
    return {
      severity: "warning",
      message: `${loss} is made for softmax: ${activation} lets each of the ${units} classes be likely by itself.`,
      evidence: figure("outputs.sum", units, 1, `${units} probabilities need not add up to 1`),
    };
  }
  if (!/binary/i.test(loss) || !is("softmax", output)) return undefined;
  return {
    severity: targets?.kind === "labels" ? "warning" : "info",
    message: `${loss} is made for sigmoid: softmax allows ${targets?.kind === "labels" ? "one label only" : "no output to move by itself"}.`,
    evidence: figure("outputs.sum", 1, units, `${units} probabilities that add up to 1`),
  };
}

/** Classes under losses that are no cross-entropy. */
export function judgeClassOutput(output: Output): Mismatch | undefined {
  const { activation, loss, units, targets } = output;
  if (!isClasses(output) || takesProbabilities(loss)) return undefined;
  if (/hinge/i.test(loss) && !/categorical/i.test(loss) && targets && targets.min >= 0) {
    return {
      severity: "warning",
      message: `${loss} takes targets of −1 and 1, and these are ${short(targets.min)} and ${short(targets.max)}.`,
      evidence: figure("data.targets.min", targets.min, -1, "no target is −1"),
    };
  }
  if (is("softmax", output)) return faint(output);
  if (is("relu", output)) {
    return {
      severity: "error",
      message: "The output ends in relu: where it is 0 for a class, no gradient brings it back.",
      evidence: figure("outputs.min", 0, Number.NEGATIVE_INFINITY, "relu puts out 0 for half"),
    };
  }
  const range = rangeOf(activation);
  if (!range || targets?.outputs !== units || !Number.isFinite(range.most)) return undefined;
  if (range.least < 0 && targets.min >= 0) {
    return {
      severity: "info",
      message: `${activation} reaches from ${range.least} to ${range.most}, and the targets are ${short(targets.min)} and ${short(targets.max)}: −1 and 1 would use its range.`,
      evidence: figure("data.targets.min", targets.min, range.least, "half of the range is unused"),
    };
  }
  return {
    severity: "info",
    message: `The targets are asymptotes of ${activation}, where its gradient ends: with ${loss} an output that is wrong and sure of it learns no more.`,
    evidence: figure("data.targets.max", targets.max, range.most, "targets at an asymptote"),
  };
}

function faint({ loss, units }: Output): Mismatch {
  const share = softmaxGradientShare(loss, units);
  const text = `its gradient is ${short(1 / share)} times smaller at the start`;
  return {
    severity: /absolute|hinge/i.test(loss) ? "warning" : "info",
    message: `${loss} behind softmax learns classes slower than cross-entropy: with ${units} classes ${text}.`,
    evidence: figure("gradientNorm", share, 1, text),
  };
}
