/** A batch size of the usual range: 32 to 256 (lessons 000, 001 and 003: S0-20). */
import type { Remedy } from "../remedy.ts";

const USUAL = 32;
const LARGEST = 256;
/** Noise falls with the square root of the batch: four times as many halve it. */
const STEP_UP = 4;

export const batchSize: Remedy = {
  id: "batch-size",
  propose(_observation, { run }) {
    const now = run?.batchSize ?? 0;
    if (now <= 0 || now === LARGEST) return undefined;
    const outside = now < USUAL || now > LARGEST;
    const value = outside ? USUAL : Math.min(LARGEST, now * STEP_UP);
    const rows = run?.examples.train ?? 0;
    if (rows > 0 && value >= rows) return undefined;
    const reason = outside ? `${USUAL} to ${LARGEST} are usual` : "for gradients with less noise";
    return { title: `Use batches of ${value} instead of ${now} (${reason})`, value, layers: [] };
  },
};
