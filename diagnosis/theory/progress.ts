/** How a training gets on, read off its curve of losses; no single step or epoch decides. */
import type { Block } from "../history/lossTrend.ts";
import type { History } from "../history.ts";
import { median, noiseOf } from "../robust.ts";

/** Whether chance is measured as a variance or deviation of quantities, not as an entropy of classes. */
export function predictsQuantities(history: History): boolean {
  return history.data?.targets?.kind === "number";
}

/** Mean over some blocks. */
const mean = (blocks: readonly Block[]) =>
  blocks.reduce((sum, { loss }) => sum + loss, 0) / blocks.length;

/**
 * The losses of the first, middle and last of three equal parts of the run so far, and the noise of such a mean.
 * Undefined while there are fewer than nine blocks.
 */
export function thirds(
  history: History,
): { early: number; middle: number; late: number; noise: number } | undefined {
  const { blocks } = history.trend;
  const third = Math.floor(blocks.length / 3);
  if (third < 3) return undefined;
  const jumps = blocks.map(({ loss }, i) => Math.abs(loss - (blocks[i - 1]?.loss ?? loss)));
  return {
    early: mean(blocks.slice(0, third)),
    middle: mean(blocks.slice(third, 2 * third)),
    late: mean(blocks.slice(-third)),
    noise: noiseOf(jumps.slice(1)) / Math.sqrt(third),
  };
}

/**
 * Whether the loss still falls: more over the last third than noise explains (3 standard errors of a difference), and
 * by more than `least` of chance.
 */
export function stillFalling(history: History, least: number): boolean {
  const parts = thirds(history);
  if (!parts) return epochsFalling(history, least);
  const { middle, late, noise } = parts;
  return middle - late > Math.max(3 * Math.SQRT2 * noise, least * history.chanceLoss);
}

/** Whether the loss came down from third to third, by more than noise explains. */
export function headsDown(history: History): boolean {
  const parts = thirds(history);
  if (!parts) return false;
  const { early, middle, late, noise } = parts;
  return early > middle && middle > late && early - late > 3 * Math.SQRT2 * noise;
}

/** Whether the last blocks are lower by a fifth than those before them. */
export function recovers({ trend: { blocks } }: History): boolean {
  const losses = (from: number, to?: number) =>
    median(blocks.slice(from, to).map(({ loss }) => loss));
  return blocks.length >= 6 && losses(-3) < 0.8 * losses(-6, -3);
}

/** Whether the loss fell over the last epoch, of runs so short that only their epochs can be compared. */
function epochsFalling(history: History, least: number): boolean {
  const losses = [
    history.initialLoss,
    ...history.epochs.flatMap(({ epoch, train }) => (epoch > 0 ? [train["loss"]] : [])),
  ].filter((loss): loss is number => loss !== undefined && !Number.isNaN(loss));
  const [previous, last] = losses.slice(-2);
  return (
    previous !== undefined && last !== undefined && previous - last > least * history.chanceLoss
  );
}

/** Since which step the median loss has been above `level` without a break; undefined where it is not now. */
export function aboveSince(history: History, level: number): number | undefined {
  const { blocks } = history.trend;
  const lastBelow = blocks.findLastIndex(({ loss }) => loss < level);
  return blocks[lastBelow + 1]?.firstStep;
}

/** Whether the run is through: it ended, and not because someone stopped it early. */
export function ranToItsEnd(history: History): boolean {
  return history.end !== undefined && history.end.status !== "stopped";
}
