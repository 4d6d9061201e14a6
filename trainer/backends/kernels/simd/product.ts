// @ts-nocheck AssemblyScript, which its own compiler checks.

const FLOAT: usize = 4;
const VECTOR: usize = 16;
/** A row of eight columns. */
const PANEL: usize = 32;
const ROWS: usize = 4;
const COLUMNS: usize = 8;

/**
 * C = A · B, or C += A · B, of 32-bit floats; A and B may lie transposed, and the rows of A anywhere. All distances are
 * in bytes.
 *
 * XNNPACK, which TensorFlow.js takes, first copies B into panels float by float, for it expects weights that stay. In
 * training every second factor is new at every step, and the copy takes as long as the product. Here a panel of eight
 * columns is copied by vectors while it is needed.
 *
 * @param rows where each row of A begins, from `a`; m offsets and as many more as make a multiple of 4, all valid
 * @param aInner between neighbours in a row of A, which has `outer` runs of `inner` numbers
 * @param aOuter between the runs
 * @param bRow between the rows of B, of which there are outer · inner
 * @param bColumn between the columns of B
 * @param scratch outer · inner · 32 + 128 bytes
 * @param cRow between the rows of C; its columns are neighbours
 */
export function product(
  rows: usize,
  m: usize,
  a: usize,
  aInner: usize,
  aOuter: usize,
  inner: usize,
  outer: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  n: usize,
  scratch: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  const k = inner * outer;
  const corner = scratch + k * PANEL;
  for (let j: usize = 0; j < n; j += COLUMNS) {
    const columns = min(n - j, COLUMNS);
    copyPanel(b + j * bColumn, bRow, bColumn, k, columns, scratch);
    for (let i: usize = 0; i < m; i += ROWS) {
      const to = c + i * cRow + j * FLOAT;
      const offsets = rows + i * FLOAT;
      if (columns === COLUMNS && i + ROWS <= m) {
        tile(offsets, a, aInner, aOuter, inner, outer, scratch, to, cRow, accumulate);
      } else {
        tile(offsets, a, aInner, aOuter, inner, outer, scratch, corner, PANEL, false);
        copyCorner(corner, to, cRow, min(m - i, ROWS), columns, accumulate);
      }
    }
  }
}

/** Eight columns of B side by side; 0 for those that B lacks, where denormal numbers might lie, which are slow. */
function copyPanel(
  b: usize,
  bRow: usize,
  bColumn: usize,
  k: usize,
  columns: usize,
  to: usize,
): void {
  const end = to + k * PANEL;
  if (columns === COLUMNS && bColumn === FLOAT) {
    for (; to < end; to += PANEL, b += bRow) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, VECTOR), VECTOR);
    }
    return;
  }
  if (columns < COLUMNS) memory.fill(to, 0, k * PANEL);
  for (; to < end; to += PANEL, b += bRow) {
    for (let j: usize = 0; j < columns; j++) store<f32>(to + j * FLOAT, load<f32>(b + j * bColumn));
  }
}

/** Four rows by eight columns of C, which stay in registers while A and the panel pass by. */
function tile(
  offsets: usize,
  a: usize,
  aInner: usize,
  aOuter: usize,
  inner: usize,
  outer: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  const row0 = load<u32>(offsets);
  const row1 = load<u32>(offsets, 4);
  const row2 = load<u32>(offsets, 8);
  const row3 = load<u32>(offsets, 12);
  const zero = f32x4.splat(0);
  let c00 = zero;
  let c01 = zero;
  let c10 = zero;
  let c11 = zero;
  let c20 = zero;
  let c21 = zero;
  let c30 = zero;
  let c31 = zero;
  for (let run: usize = 0; run < outer; run++) {
    let a0 = a + row0;
    let a1 = a + row1;
    let a2 = a + row2;
    let a3 = a + row3;
    for (let i: usize = 0; i < inner; i++) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, VECTOR);
      const x0 = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      const x1 = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      const x2 = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      const x3 = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      panel += PANEL;
      a0 += aInner;
      a1 += aInner;
      a2 += aInner;
      a3 += aInner;
    }
    a += aOuter;
  }
  put(c, c00, c01, accumulate);
  put(c + cRow, c10, c11, accumulate);
  put(c + 2 * cRow, c20, c21, accumulate);
  put(c + 3 * cRow, c30, c31, accumulate);
}

function put(c: usize, left: v128, right: v128, accumulate: bool): void {
  v128.store(c, accumulate ? f32x4.add(left, v128.load(c)) : left);
  v128.store(c, accumulate ? f32x4.add(right, v128.load(c, VECTOR)) : right, VECTOR);
}

function copyCorner(
  from: usize,
  c: usize,
  cRow: usize,
  rows: usize,
  columns: usize,
  accumulate: bool,
): void {
  for (let i: usize = 0; i < rows; i++, c += cRow, from += PANEL) {
    for (let j: usize = 0; j < columns; j++) {
      const at = c + j * FLOAT;
      const value = load<f32>(from + j * FLOAT);
      store<f32>(at, accumulate ? load<f32>(at) + value : value);
    }
  }
}
