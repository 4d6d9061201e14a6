/** Numbers as people read them in a sentence. */

/** Three significant digits; powers of ten for the very small and very large. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-5) {
    return Number(value.toPrecision(2)).toExponential().replace("e+", "e");
  }
  return String(Number(value.toPrecision(3)));
}

/** `0.614` → `61 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `a`, `a and b`, `a, b and c`; long lists are cut. */
export function list(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
