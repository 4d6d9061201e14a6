/** What a chart shows, in words: the board turns it into pixels. */
import type { Stretch } from "../../../telemetry/series.ts";
import type { RunView } from "../../protocol.ts";

/** One curve in a figure. */
export interface Line {
  /** Name as in `telemetry/curves.ts`. */
  curve: string;
  label: string;
  /** Decides colour and dash; `foreground` is for what stands above the others. */
  hue: number | "foreground";
  /** Normal lines that are noisy get a trend; exact ones never do. */
  weight: "faint" | "normal" | "exact" | "strong";
}

export interface Figure {
  /** Also the key of the user's choices for it. */
  id: string;
  title: string;
  unit: string;
  lines: Line[];
  /** Whether the y axis begins logarithmic; `auto` where that depends on what is to be shown. */
  log: boolean | "auto";
  /** Shares are kept from 0 to 1 and shown in percent. */
  percent: boolean;
  /** The ends of the axis, where they are known. */
  limits: { min?: number; max?: number };
  /** Two curves whose distance is shaded. */
  gap: readonly [string, string] | null;
  /** Whether the best epoch is marked. */
  best: boolean;
  /** A stretch of values that is healthy as a rule. */
  usual: { from: number; to: number } | null;
  /** How the first line is going to go on, where that is known: straight between the points. */
  planned: Stretch | null;
}

/** A figure with the common choices made. */
export function makeFigure(
  about: Pick<Figure, "id" | "title" | "unit" | "lines"> & Partial<Figure>,
): Figure {
  return {
    log: false,
    percent: false,
    limits: {},
    gap: null,
    best: false,
    usual: null,
    planned: null,
    ...about,
  };
}

/** Makes the figures of a run that it can show already. */
export type FigureKind = (run: RunView) => Figure[];
