/** Names of layers in the title of a remedy. */

/** `dense_1`, or `the 14 hidden layers`. */
export function named(names: readonly string[], kind = "hidden layers"): string {
  return names.length === 1 ? (names[0] ?? "") : `the ${names.length} ${kind}`;
}
