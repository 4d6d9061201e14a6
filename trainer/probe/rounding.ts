/** Shortens numbers for the event lines; NaN and infinities pass unchanged. */

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/**
 * Rounds to significant decimal digits. `toPrecision` would do the same through text, ten times slower, and a step
 * rounds dozens of numbers.
 */
function round(value: number, digits: number): number {
  const size = Math.abs(value);
  if (!(size > 1e-12 && size < 1e12)) {
    return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
  }
  const shift = digits - 1 - Math.floor(Math.log10(size));
  if (shift < 0) {
    const power = POWERS[-shift]!;
    return Math.round(value / power) * power;
  }
  // A quotient by an exact power of ten prints as the short decimal.
  const power = POWERS[shift]!;
  return Math.round(value * power) / power;
}

/** 5 significant digits: a layer's column. */
export function column(value: number): number {
  return round(value, 5);
}

/** 7 significant digits, about what 32-bit numbers hold: loss, norms, metrics. */
export function scalar(value: number): number {
  return round(value, 7);
}
