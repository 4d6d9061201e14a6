import { closest, distance } from "fastest-levenshtein";

/** `: did you mean "x"?` where a known name is near enough to be a slip, else the list of known names. */
export function suggestion(given: string, known: readonly string[]): string {
  const best = closest(
    given.toLowerCase(),
    known.map((name) => name.toLowerCase()),
  );
  const name = known.find((candidate) => candidate.toLowerCase() === best);
  if (name && distance(given.toLowerCase(), best) <= Math.max(2, given.length / 3)) {
    return `: did you mean "${name}"?`;
  }
  return `; known here: ${known.join(", ")}.`;
}
