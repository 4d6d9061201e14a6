// @ts-nocheck AssemblyScript, which its own compiler checks.

const FLOAT: usize = 4;
const VECTOR: usize = 16;

/**
 * The maximum or the average of every window of a batch of images of 32-bit floats, or the gradient of either. A window
 * ends where its image does: padding is no maximum, and does not count in an average.
 *
 * @param x the images, `height × width × channels`; not read for the gradient of averages
 * @param y the pooled images; filled, or read for the gradient of maxima
 * @param dy the gradient by y, if it is about gradients
 * @param dx the gradient by x, filled if it is about gradients
 * @param pixel bytes of all channels
 */
export function pool(
  averages: bool,
  gradients: bool,
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  images: usize,
  height: isize,
  width: isize,
  pixel: usize,
  outHeight: isize,
  outWidth: isize,
  filterHeight: isize,
  filterWidth: isize,
  strideHeight: isize,
  strideWidth: isize,
  top: isize,
  left: isize,
): void {
  const line = width * pixel;
  const image = height * line;
  if (gradients) memory.fill(dx, 0, images * image);
  let out: usize = 0;
  for (let begin: usize = 0; begin < images * image; begin += image) {
    for (let i: isize = 0; i < outHeight; i++) {
      const row = i * strideHeight - top;
      const firstRow = max<isize>(row, 0);
      const rows = max<isize>(min(row + filterHeight, height) - firstRow, 0);
      for (let j: isize = 0; j < outWidth; j++, out += pixel) {
        const column = j * strideWidth - left;
        const first = max<isize>(column, 0);
        const columns = max<isize>(min(column + filterWidth, width) - first, 0);
        const at = begin + firstRow * line + first * pixel;
        if (gradients) {
          if (averages) spread(dx + at, line, rows, columns, pixel, dy + out);
          else send(x + at, dx + at, line, rows, columns, pixel, y + out, dy + out);
        } else if (averages) average(x + at, line, rows, columns, pixel, y + out);
        else maximum(x + at, line, rows, columns, pixel, y + out);
      }
    }
  }
}

/** NaN, where there is one. */
function maximum(x: usize, line: usize, rows: usize, columns: usize, pixel: usize, y: usize): void {
  let c: usize = 0;
  for (; c + VECTOR <= pixel; c += VECTOR) {
    let best = f32x4.splat(-Infinity);
    for (let row: usize = 0; row < rows; row++) {
      let at = x + c + row * line;
      for (let i: usize = 0; i < columns; i++, at += pixel) best = f32x4.max(best, v128.load(at));
    }
    v128.store(y + c, best);
  }
  for (; c < pixel; c += FLOAT) {
    let best: f32 = -Infinity;
    for (let row: usize = 0; row < rows; row++) {
      let at = x + c + row * line;
      for (let i: usize = 0; i < columns; i++, at += pixel) best = max(best, load<f32>(at));
    }
    store<f32>(y + c, best);
  }
}

/** To the first of the largest; NaN counts as the largest, as forward. */
function send(
  x: usize,
  dx: usize,
  line: usize,
  rows: usize,
  columns: usize,
  pixel: usize,
  y: usize,
  dy: usize,
): void {
  let c: usize = 0;
  for (; c + VECTOR <= pixel; c += VECTOR) {
    const best = v128.load(y + c);
    const gradient = v128.load(dy + c);
    let unsent = i32x4.splat(-1);
    for (let row: usize = 0; row < rows; row++) {
      let at = c + row * line;
      for (let i: usize = 0; i < columns; i++, at += pixel) {
        const value = v128.load(x + at);
        const largest = v128.or(f32x4.eq(value, best), f32x4.ne(value, value));
        const here = v128.and(unsent, largest);
        v128.store(dx + at, f32x4.add(v128.load(dx + at), v128.and(gradient, here)));
        unsent = v128.andnot(unsent, largest);
      }
    }
  }
  for (; c < pixel; c += FLOAT) sendOne(x + c, dx + c, line, rows, columns, pixel, y + c, dy + c);
}

function sendOne(
  x: usize,
  dx: usize,
  line: usize,
  rows: usize,
  columns: usize,
  pixel: usize,
  y: usize,
  dy: usize,
): void {
  const best = load<f32>(y);
  for (let row: usize = 0; row < rows; row++) {
    let at = row * line;
    for (let i: usize = 0; i < columns; i++, at += pixel) {
      const value = load<f32>(x + at);
      // The second holds for NaN alone.
      if (value === best || !(value <= Infinity)) {
        store<f32>(dx + at, load<f32>(dx + at) + load<f32>(dy));
        return;
      }
    }
  }
}

function average(x: usize, line: usize, rows: usize, columns: usize, pixel: usize, y: usize): void {
  const count = <f32>(rows * columns);
  let c: usize = 0;
  for (; c + VECTOR <= pixel; c += VECTOR) {
    let sum = f32x4.splat(0);
    for (let row: usize = 0; row < rows; row++) {
      let at = x + c + row * line;
      for (let i: usize = 0; i < columns; i++, at += pixel) sum = f32x4.add(sum, v128.load(at));
    }
    v128.store(y + c, f32x4.div(sum, f32x4.splat(count)));
  }
  for (; c < pixel; c += FLOAT) {
    let sum: f32 = 0;
    for (let row: usize = 0; row < rows; row++) {
      let at = x + c + row * line;
      for (let i: usize = 0; i < columns; i++, at += pixel) sum += load<f32>(at);
    }
    store<f32>(y + c, sum / count);
  }
}

/** Equal parts to all of the window. */
function spread(
  dx: usize,
  line: usize,
  rows: usize,
  columns: usize,
  pixel: usize,
  dy: usize,
): void {
  const count = <f32>(rows * columns);
  for (let row: usize = 0; row < rows; row++) {
    let pixelAt = dx + row * line;
    for (let i: usize = 0; i < columns; i++, pixelAt += pixel) {
      let c: usize = 0;
      for (; c + VECTOR <= pixel; c += VECTOR) {
        const part = f32x4.div(v128.load(dy + c), f32x4.splat(count));
        v128.store(pixelAt + c, f32x4.add(v128.load(pixelAt + c), part));
      }
      for (; c < pixel; c += FLOAT) {
        store<f32>(pixelAt + c, load<f32>(pixelAt + c) + load<f32>(dy + c) / count);
      }
    }
  }
}
