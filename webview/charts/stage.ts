/** What all charts of the page share. */
import type { Frames } from "../frames.ts";
import type { Signal } from "../signal.ts";
import type { Theme } from "./theme.ts";

/** Steps from and to included. */
export interface Range {
  from: number;
  to: number;
}

export interface Stage {
  theme: Signal<Theme>;
  /** The stretch that the user zoomed to; null is the whole run, however far it comes. */
  range: Signal<Range | null>;
  /** The step under the cursor. */
  cursor: Signal<number | null>;
  /** The stretch being dragged out. */
  box: Signal<Range | null>;
  frames: Frames;
}
