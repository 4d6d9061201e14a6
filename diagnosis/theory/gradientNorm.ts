/** What gradient norm to expect of a network whose weights and inputs have the usual size. */
import type { History } from "../history.ts";

/**
 * The largest one. The gradient at the logits of a classifier is at most √2 for each example, that of a squared error
 * 2 σ, with σ² the variance of the targets; activations of unit size have the norm √fan-in. So √(Σ 2 · fan-in) over
 * all layers, or 2 σ √(Σ fan-in). Infinite where neither classes nor variance are known.
 */
export function theoreticalNorm(history: History): number {
  let fanIns = 0;
  for (const { parameters, fanIn } of history.layers) if (parameters > 0) fanIns += fanIn ?? 0;
  const { run, chance } = history;
  const atOutput = run?.classes
    ? Math.SQRT2
    : run?.loss === "meanSquaredError"
      ? 2 * Math.sqrt(chance.loss)
      : Number.NaN;
  const norm = atOutput * Math.sqrt(fanIns);
  return norm > 0 ? norm : Number.POSITIVE_INFINITY;
}

/** Root mean square of the inputs, but at least 1: gradients of the first layer are as much larger. */
export function inputSize({ data }: History): number {
  if (!data) return 1;
  return Math.max(1, Math.hypot(data.inputs.mean, data.inputs.std) || 1);
}
