import { closest, distance } from "fastest-levenshtein";

/** The known name that was probably meant: spelled in another case or with underscores, slipped, or cut short. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const wanted = plain(given);
  const names = known.map(plain);
  const near = closest(wanted, names);
  const slips = wanted.length < 4 ? 1 : Math.max(2, wanted.length / 3);
  if (distance(wanted, near) <= slips || letters(near) === letters(wanted)) {
    return known[names.indexOf(near)];
  }
  const part = names.findIndex(
    (name) =>
      (wanted.length > 1 && name.startsWith(wanted)) ||
      (name.length > 2 && wanted.startsWith(name)),
  );
  return known[part];
}

/** `: did you mean "x"?` where a known name is near enough to be meant, else the list of known names. */
export function suggestion(given: string, known: readonly string[]): string {
  const name = nearest(given, known);
  return name === undefined ? `; known here: ${known.join(", ")}.` : `: did you mean "${name}"?`;
}

/** Without what libraries do not agree on: `max_pooling2d` is `maxPooling2d`. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

function letters(name: string): string {
  return [...name].sort().join("");
}
