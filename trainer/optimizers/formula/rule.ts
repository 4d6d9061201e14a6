/** Carries out a formula on arrays of any length. */
import type { Rule, RuleShader, Squares, Values } from "../update.ts";
import { BLOCK_BYTES, type Compiled, compile } from "./compile.ts";

export function ruleOf(shader: RuleShader): Rule {
  const compiled: Partial<Record<32 | 64, Compiled>> = {};
  const compiledFor = (bits: 32 | 64) => {
    compiled[bits] ??= compile(shader, bits === 64);
    return compiled[bits];
  };
  return {
    shader,
    remember: (weights) => ({
      // Without any velocity yet, the look-ahead is where the weights are.
      shown: shader.shown ? weights.slice() : weights,
      slots: shader.slots.map(() => weights.slice().fill(0)),
    }),
    apply(weights, gradient, { shown, slots }, { learningRate, step, scale }, squares) {
      const formula = compiledFor(weights instanceof Float64Array ? 64 : 32);
      const numbers = Object.values(shader.numbers(learningRate, step));
      const arrays = [weights, gradient, ...slots, ...(shader.shown ? [shown] : [])];
      squares.clipped = 0;
      squares.weights = 0;
      squares.update = 0;
      const most = BLOCK_BYTES / weights.BYTES_PER_ELEMENT;
      for (let from = 0; from < weights.length; ) {
        const left = Math.min(most, weights.length - from);
        // Two at once: an odd one out is left for the end.
        const count = left === 1 ? 1 : left & ~1;
        update(formula, arrays, from, count, scale, numbers, squares);
        from += count;
      }
    },
  };
}

function update(
  { arrays: blocks, sums, run }: Compiled,
  arrays: Values[],
  from: number,
  count: number,
  scale: number,
  numbers: number[],
  squares: Squares,
): void {
  for (const [i, array] of arrays.entries()) {
    const block = blocks[i]!;
    block.set(array.subarray(from, from + count));
    // Alone it is computed twice.
    if (count === 1) block[1] = block[0]!;
  }
  run(Math.max(2, count) * arrays[0]!.BYTES_PER_ELEMENT, scale, ...numbers);
  for (const [i, array] of arrays.entries()) {
    if (i !== 1) array.set(blocks[i]!.subarray(0, count), from);
  }
  const share = count === 1 ? 0.5 : 1;
  squares.clipped += share * (sums[0]! + sums[1]!);
  squares.weights += share * (sums[2]! + sums[3]!);
  squares.update += share * (sums[4]! + sums[5]!);
}
