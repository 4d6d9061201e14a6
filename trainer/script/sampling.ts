/** Which updates carry the layers' figures: all of a short training, evenly spread ones of a long one. */

/** So many carry them, or a few more. */
const MOST = 2000;

/** @param planned updates of the whole run; null: unknown, and they thin out as it goes on */
export function isSampled(step: number, planned: number | null): boolean {
  const every =
    planned === null ? Math.max(1, Math.floor((2 * step) / MOST)) : Math.ceil(planned / MOST);
  return (step - 1) % every === 0;
}
