/** Units that are copies of each other: without a difference at the start, training makes none (lesson 000). */

/**
 * Share of units whose incoming weights equal those of another, bit for bit.
 * @param kernel its last axis is that of units or channels
 * @returns null for a single unit
 */
export function identicalUnits(kernel: Float32Array, units: number): number | null {
  if (units < 2) return null;
  const bits = new Int32Array(kernel.buffer, kernel.byteOffset, kernel.length);
  const hashes = new Int32Array(units);
  // Row after row as they lie: across would leave the processor's caches at every step.
  for (let at = 0; at < bits.length; ) {
    for (let unit = 0; unit < units; unit++, at++) {
      const mixed = Math.imul(hashes[unit]! ^ bits[at]!, 0x01000193);
      hashes[unit] = mixed ^ (mixed >>> 15);
    }
  }
  const groups = new Map<number, number[]>();
  for (const [unit, hash] of hashes.entries()) {
    const group = groups.get(hash);
    if (group) group.push(unit);
    else groups.set(hash, [unit]);
  }
  let identical = 0;
  for (const alike of groups.values()) {
    if (alike.length > 1) identical += countEqual(bits, units, alike);
  }
  return identical / units;
}

/** @param alike units of one hash: nearly always equal */
function countEqual(bits: Int32Array, units: number, alike: number[]): number {
  let rest = alike;
  let count = 0;
  while (rest.length > 1) {
    const [first, ...others] = rest;
    const different = others.filter((unit) => !equal(bits, units, first!, unit));
    const equals = others.length - different.length;
    if (equals > 0) count += 1 + equals;
    rest = different;
  }
  return count;
}

function equal(bits: Int32Array, units: number, a: number, b: number): boolean {
  for (let row = 0; row < bits.length; row += units) {
    if (bits[row + a] !== bits[row + b]) return false;
  }
  return true;
}
