/** A number in a table, as the languages that write such tables spell it. */

const ABSENT = /^(|na|n\/a|none|null)$/i;
const NOT_FINITE: readonly (readonly [RegExp, number])[] = [
  [/^[+-]?nan$/i, Number.NaN],
  [/^\+?inf(inity)?$/i, Number.POSITIVE_INFINITY],
  [/^-inf(inity)?$/i, Number.NEGATIVE_INFINITY],
];

/** @returns null where nothing was measured, undefined where the cell is no number; NaN was measured. */
export function cellValue(cell: string): number | null | undefined {
  if (ABSENT.test(cell)) return null;
  const value = Number(cell);
  if (!Number.isNaN(value)) return value;
  return NOT_FINITE.find(([spelling]) => spelling.test(cell))?.[1];
}
