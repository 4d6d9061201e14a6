/** Watches a download that itself has no time-out. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const LOOK_EVERY_MS = 1000;

/**
 * Lets `work` go on for as long as the folder changes its size.
 * @param work ends when its signal says so
 * @param onGrown hears how much has arrived, in bytes
 * @throws {Error} nothing arrived for `seconds`, as a clause; or what `work` throws
 */
export async function whileGrowing<T>(
  folder: string,
  seconds: number,
  signal: AbortSignal,
  onGrown: (bytes: number) => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController();
  const before = sizeOf(folder);
  let size = before;
  let changed = Date.now();
  const timer = setInterval(() => {
    const now = sizeOf(folder);
    if (now !== size) {
      size = now;
      changed = Date.now();
      onGrown(size - before);
    } else if (Date.now() - changed > seconds * 1000) {
      stalled.abort(new Error(`nothing arrived for ${seconds} seconds`));
    }
  }, LOOK_EVERY_MS);
  try {
    return await work(AbortSignal.any([signal, stalled.signal]));
  } finally {
    clearInterval(timer);
  }
}

/** In bytes; what vanishes while it is looked at counts nothing. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch {
    return 0;
  }
}
