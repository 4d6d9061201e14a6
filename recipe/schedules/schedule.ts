/** What every learning-rate schedule gives. */

/** When an update is made. */
export interface Moment {
  /** Passes over the training rows that are done before the update, the begun one as a fraction. */
  epoch: number;
  /** The same after the update. */
  next: number;
  /** Passes of the whole run. */
  epochs: number;
  /** Validation loss after each pass so far. */
  validation: readonly number[];
}

/** @returns the learning rate of the update at that moment; `base` is the optimizer's */
export type Rate<Settings> = (settings: Settings, base: number, at: Moment) => number;

/** The share of a stretch that is done, from 0 to 1. */
export function progress(done: number, whole: number): number {
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, done / whole));
}

/** Half a cosine from `from` at progress 0 down to `to` at progress 1 (Loshchilov and Hutter 2017; lesson 001). */
export function cosineBetween(from: number, to: number, done: number): number {
  return to + 0.5 * (from - to) * (1 + Math.cos(Math.PI * done));
}
