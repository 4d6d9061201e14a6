/** Colours and dashes that tell lines apart. A line's number decides, so a layer looks the same in every chart. */
import type { Theme } from "./theme.ts";

/** Hues between those that themes offer, away from red. */
const FURTHER = [178, 322, 75, 250, 30, 200, 290, 110, 225, 345];

/** The colour of the line with that number, readable on the theme's background. */
export function hue(theme: Theme, index: number): string {
  const own = theme.hues[index];
  if (own) return own;
  const further = index - theme.hues.length;
  const angle = FURTHER[further % FURTHER.length] as number;
  // Each round through the hues is told from the last by its lightness.
  const round = Math.floor(further / FURTHER.length) % 3;
  const light = theme.dark ? [66, 80, 52] : [36, 26, 46];
  return `hsl(${angle}, ${theme.contrast ? 100 : 58}%, ${light[round]}%)`;
}

const DASHES = [[], [7, 3], [2, 2], [9, 3, 2, 3], [5, 5], [12, 3], [2, 5], [9, 3, 2, 3, 2, 3]];

/** Dashes only in high contrast: elsewhere colours do, and whole lines are calmer and faster to draw. */
export function dash(theme: Theme, index: number): number[] {
  return theme.contrast ? (DASHES[index % DASHES.length] as number[]) : [];
}
