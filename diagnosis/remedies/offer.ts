/** Which of a symptom's remedies fit this run. */
import type { Observation } from "../detector.ts";
import type { RemedyOffer } from "../finding.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** @param remedies of the symptom, the best first; the first that fits is the preferred one */
export function offerRemedies(
  remedies: readonly Remedy[],
  observation: Observation,
  history: History,
): RemedyOffer[] {
  return remedies
    .flatMap((remedy) => {
      const proposal = remedy.propose(observation, history);
      return proposal ? [{ id: remedy.id, ...proposal }] : [];
    })
    .sort((a, b) => Number(b.pointedAt ?? false) - Number(a.pointedAt ?? false))
    .map(({ pointedAt: _, ...offer }, i) => ({ ...offer, preferred: i === 0 }));
}
