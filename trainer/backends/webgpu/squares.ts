/** Sums of squares that neither overflow nor vanish in 32 bits. */

/** Numbers that a sum takes. */
export const SUM_LENGTH = 3;

/**
 * Small, middle and large numbers have a sum each, the small and large ones scaled by 2^±75 (Blue 1978): gradients of
 * 1e-25 have a norm, where their squares are 0 in 32 bits, and so have those of 1e25. All by the bits, because shader
 * compilers may assume that no number is NaN: NaN counts as large.
 */
export const SQUARE = `
fn square(x: f32) -> vec3f {
  let size = bitcast<u32>(x) & 0x7fffffffu;
  if (size < 0x26800000u) { // 2^-50
    let scaled = x * 0x1p75f;
    return vec3f(scaled * scaled, 0.0, 0.0);
  }
  if (size > 0x58800000u) { // 2^50
    let scaled = x * 0x1p-75f;
    return vec3f(0.0, 0.0, scaled * scaled);
  }
  return vec3f(0.0, x * x, 0.0);
}
`;

/** The square root of such a sum, in WGSL; infinite above 3e38. */
export const ROOT = `
fn root(sum: vec3f) -> f32 {
  if (bitcast<u32>(sum.z) != 0u) { return sqrt(sum.z + sum.y * 0x1p-75f * 0x1p-75f) * 0x1p75f; }
  if (sum.y > 0.0) { return sqrt(sum.y + sum.x * 0x1p-75f * 0x1p-75f); }
  return sqrt(sum.x) * 0x1p-75f;
}
`;

/** What such a sum comes to, in 64 bits. @param at where its three numbers lie */
export function sumAt(figures: Float32Array, at: number): number {
  return figures[at]! * 2 ** -150 + figures[at + 1]! + figures[at + 2]! * 2 ** 150;
}
