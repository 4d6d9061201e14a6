// @ts-nocheck AssemblyScript, which its own compiler checks.

const FLOAT: usize = 4;
const VECTOR: usize = 16;

/** max(x, 0) of `bytes` of 32-bit floats; NaN stays. */
export function relu(x: usize, y: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  let i: usize = 0;
  for (; i + VECTOR <= bytes; i += VECTOR) v128.store(y + i, f32x4.max(v128.load(x + i), zero));
  for (; i < bytes; i += FLOAT) store<f32>(y + i, max<f32>(load<f32>(x + i), 0));
}

/** dy · (1 above 0, 0 elsewhere) of `bytes` of 32-bit floats; NaN of x or dy stays. */
export function reluGradient(x: usize, dy: usize, dx: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let i: usize = 0;
  for (; i + VECTOR <= bytes; i += VECTOR) {
    const values = v128.load(x + i);
    const steps = v128.and(f32x4.gt(values, zero), one);
    const slopes = v128.bitselect(steps, values, f32x4.eq(values, values));
    v128.store(dx + i, f32x4.mul(v128.load(dy + i), slopes));
  }
  for (; i < bytes; i += FLOAT) {
    const value = load<f32>(x + i);
    const slope: f32 = value > 0 ? 1 : max<f32>(value, 0);
    store<f32>(dx + i, load<f32>(dy + i) * slope);
  }
}
