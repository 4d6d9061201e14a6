/** How long any effect may take on a busy machine. */
export const WAIT_MS = 45_000;

/** How long one of several tries may take. */
export const TRY_MS = 5_000;

/**
 * Does something that may have to be repeated, until it succeeds or its time is up.
 * @param {() => Promise<void>} act
 */
export async function again(act) {
  for (const end = Date.now() + WAIT_MS; ; ) {
    try {
      return await act();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/**
 * Turns a time-out into a sentence that says what was waited for.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function until(what, act) {
  const start = Date.now();
  try {
    return await act();
  } catch (error) {
    const seconds = Math.round((Date.now() - start) / 1000);
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Error(`Waited ${seconds} s for ${what}: ${said}`, { cause: error });
  }
}

/**
 * @param {import("playwright-core").Locator} rows
 * @returns {Promise<string[]>} the rows' texts, without icons, empty ones left out
 */
export async function texts(rows) {
  const all = await rows.allInnerTexts();
  return all
    .map((text) =>
      text
        .replace(/[\uE000-\uF8FF]/g, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter(Boolean);
}
