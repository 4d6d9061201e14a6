/** How numbers are written for people, on top of `diagnosis/format.ts`. */
import { short } from "../diagnosis/format.ts";

/** A whole number in groups of three: `1 240`, with spaces that do not break. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** A share as a percentage: `97.2 %`. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)}\u00a0%` : String(share);
}

/** The figure of some metrics that people ask for first: accuracy where there is one, else the loss. */
export function headline(metrics: Readonly<Record<string, number>> | null | undefined): string {
  const accuracy = metrics?.["accuracy"];
  if (accuracy !== undefined) return `accuracy ${percent(accuracy)}`;
  const loss = metrics?.["loss"];
  return loss === undefined ? "" : `loss ${short(loss)}`;
}
