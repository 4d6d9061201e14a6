/** A file piece by piece: it is never in memory at once. */
import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 1 << 20;

/** Each piece is a buffer of its own. */
export function* chunksOf(path: string): Generator<Buffer> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(CHUNK);
      const count = readSync(file, buffer, 0, CHUNK, null);
      if (count === 0) return;
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}
