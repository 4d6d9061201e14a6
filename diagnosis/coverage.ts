/** What a run could be checked for and what not, in words. */
import type { Summary, Symptom } from "./finding.ts";

/** What is missing, by the beginning of the figure's path; the first that fits. */
const WORDS: readonly (readonly [string, string])[] = [
  ["step.layers", "measurements of each layer"],
  ["step.gradientNorm", "gradient norms"],
  ["step.clippedNorm", "gradient norms after clipping"],
  ["step.gradientCosine", "the turns of the gradient"],
  ["step.learningRate", "learning rates"],
  ["step.loss", "the loss of each step"],
  ["step", "figures of each step"],
  ["epoch.train", "training figures of each epoch"],
  ["epoch.validation", "validation figures"],
  ["epoch", "measurements of each layer over an epoch"],
  ["initial", "the network before its first update"],
  ["data", "the data"],
  ["run.layers", "the layers"],
  ["run", "settings of the run"],
  ["ranks", "figures of each rank"],
  ["end", "how the run ended"],
];

/** Two lines at most: the symptoms that were looked for, and the others by what they lack. */
export function coverageText({
  checked,
  unchecked,
}: Pick<Summary, "checked" | "unchecked">): string[] {
  const lines = checked.length > 0 ? [`Checked for ${checked.join(", ")}.`] : [];
  const byMissing = new Map<string, Symptom[]>();
  for (const { symptom, missing } of unchecked) {
    const words = [...new Set(missing.map(wordsFor))].join(" and ");
    byMissing.set(words, [...(byMissing.get(words) ?? []), symptom]);
  }
  const groups = [...byMissing].map(([missing, symptoms]) => `${symptoms.join(", ")} (${missing})`);
  if (groups.length > 0) lines.push(`Not recorded, so not checked: ${groups.join("; ")}.`);
  return lines;
}

function wordsFor(need: string): string {
  return [...new Set(need.split(" | ").map(wordsForPath))].join(" or ");
}

function wordsForPath(path: string): string {
  const fits = ([start]: readonly [string, string]) =>
    path === start || path.startsWith(`${start}.`);
  return WORDS.find(fits)?.[1] ?? path;
}
