// @ts-nocheck AssemblyScript, which its own compiler checks.

const FLOAT: usize = 4;
const VECTOR: usize = 16;

/** All rows of `bytes` of 32-bit floats plus the same row of `row` bytes. */
export function addRow(x: usize, b: usize, row: usize, y: usize, bytes: usize): void {
  for (const end = x + bytes; x < end; x += row, y += row) {
    let i: usize = 0;
    for (; i + VECTOR <= row; i += VECTOR) {
      v128.store(y + i, f32x4.add(v128.load(x + i), v128.load(b + i)));
    }
    for (; i < row; i += FLOAT) store<f32>(y + i, load<f32>(x + i) + load<f32>(b + i));
  }
}

/** The same, minus. */
export function subtractRow(x: usize, b: usize, row: usize, y: usize, bytes: usize): void {
  for (const end = x + bytes; x < end; x += row, y += row) {
    let i: usize = 0;
    for (; i + VECTOR <= row; i += VECTOR) {
      v128.store(y + i, f32x4.sub(v128.load(x + i), v128.load(b + i)));
    }
    for (; i < row; i += FLOAT) store<f32>(y + i, load<f32>(x + i) - load<f32>(b + i));
  }
}

/** The same, times. */
export function multiplyRow(x: usize, b: usize, row: usize, y: usize, bytes: usize): void {
  for (const end = x + bytes; x < end; x += row, y += row) {
    let i: usize = 0;
    for (; i + VECTOR <= row; i += VECTOR) {
      v128.store(y + i, f32x4.mul(v128.load(x + i), v128.load(b + i)));
    }
    for (; i < row; i += FLOAT) store<f32>(y + i, load<f32>(x + i) * load<f32>(b + i));
  }
}
