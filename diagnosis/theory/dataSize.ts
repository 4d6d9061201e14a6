/** How much overfitting the number of examples lets expect. */

export type Overfitting = "severe" | "moderate" | "mild" | "minimal";

/** Lesson 000 (S0-25) names 100, 1 000, 10 000 and 100 000 examples; between them the nearer one counts, by ratio. */
export function expectedOverfitting(examples: number): Overfitting {
  const power = Math.round(Math.log10(Math.max(1, examples)));
  if (power <= 2) return "severe";
  if (power === 3) return "moderate";
  return power === 4 ? "mild" : "minimal";
}
