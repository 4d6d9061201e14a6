/** The score of a k-fold cross-validation. */

/**
 * Mean ± population standard deviation, to three digits: `0.880 ± 0.051`.
 * @param scores one a fold, such as accuracies
 */
export function foldScore(scores: readonly number[]): string {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return `${mean.toFixed(3)} ± ${Math.sqrt(variance).toFixed(3)}`;
}
