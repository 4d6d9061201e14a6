// @ts-nocheck AssemblyScript, which its own compiler checks.

const FLOAT: usize = 4;
const VECTOR: usize = 16;

/**
 * Sums of 32-bit floats `outer × reduced × inner` over the middle, divided by `divisor`: `outer × inner`. Added up in 64
 * bits: in 32, the sum of 700,000 numbers is off by a thousandth.
 */
export function sum(
  x: usize,
  outer: usize,
  reduced: usize,
  inner: usize,
  divisor: f64,
  y: usize,
): void {
  for (let i: usize = 0; i < outer; i++) {
    if (inner === 1) {
      store<f32>(y, <f32>(neighbours(x, reduced) / divisor));
      y += FLOAT;
    } else {
      columns(x, reduced, inner * FLOAT, divisor, y);
      y += inner * FLOAT;
    }
    x += reduced * inner * FLOAT;
  }
}

function neighbours(x: usize, count: usize): f64 {
  const end = x + count * FLOAT;
  let low = f64x2.splat(0);
  let high = low;
  for (; x + VECTOR <= end; x += VECTOR) {
    const values = v128.load(x);
    low = f64x2.add(low, f64x2.promote_low_f32x4(values));
    high = f64x2.add(high, f64x2.promote_low_f32x4(upper(values)));
  }
  const both = f64x2.add(low, high);
  let total = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; x < end; x += FLOAT) total += load<f32>(x);
  return total;
}

/** Over rows of `row` bytes. */
function columns(x: usize, rows: usize, row: usize, divisor: f64, y: usize): void {
  const by = f64x2.splat(divisor);
  let c: usize = 0;
  for (; c + VECTOR <= row; c += VECTOR) {
    let low = f64x2.splat(0);
    let high = low;
    let at = x + c;
    for (let i: usize = 0; i < rows; i++, at += row) {
      const values = v128.load(at);
      low = f64x2.add(low, f64x2.promote_low_f32x4(values));
      high = f64x2.add(high, f64x2.promote_low_f32x4(upper(values)));
    }
    const left = f32x4.demote_f64x2_zero(f64x2.div(low, by));
    const right = f32x4.demote_f64x2_zero(f64x2.div(high, by));
    v128.store(y + c, v128.shuffle<u32>(left, right, 0, 1, 4, 5));
  }
  for (; c < row; c += FLOAT) {
    let total: f64 = 0;
    let at = x + c;
    for (let i: usize = 0; i < rows; i++, at += row) total += load<f32>(at);
    store<f32>(y + c, <f32>(total / divisor));
  }
}

function upper(values: v128): v128 {
  return v128.shuffle<u32>(values, values, 2, 3, 2, 3);
}
