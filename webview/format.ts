/** How figures read on the page. */

/** What can arrive for a number: messages travel as JSON, where NaN and the infinities become null. */
export type Figure = number | null | undefined;

const THIN_SPACE = "\u202f";
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A count with its thousands apart: `1 240`. */
export function count(value: number): string {
  return WHOLE.format(value).replaceAll(",", THIN_SPACE);
}

/** Three significant digits, powers of ten where they read better: `0.313`, `1 240`, `3.1e-4`, `NaN`. */
export function figure(value: Figure): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e5 || size < 1e-3)
    return value.toExponential(size >= 1e5 ? 2 : 1).replace("e+", "e");
  if (size >= 1000) return count(value);
  return value.toPrecision(3);
}

/** A share of one in percent: `61.3 %`, `0.4 %`. */
export function percent(share: Figure): string {
  if (typeof share !== "number" || !Number.isFinite(share)) return figure(share);
  const value = share * 100;
  const shown = value > 0 && value < 0.1 ? value.toPrecision(1) : value.toFixed(1);
  return `${Number(shown)}${THIN_SPACE}%`;
}

/** A round number as short as it can be, for axes: `0.5`, `2e-4`. All of an axis are of one kind. */
export function tick(value: number, largest: number): string {
  const size = Math.abs(largest);
  const round = Number(value.toPrecision(3));
  if (round === 0) return "0";
  if (size < 0.01 || size >= 1e5) return round.toExponential().replace("e+", "e");
  return size >= 1000 ? count(round) : String(round);
}

/** A number that somebody has chosen, without digits that say nothing: `0.03`, `1e-3`. */
export function exact(value: Figure): string {
  return typeof value === "number" && Number.isFinite(value) ? tick(value, value) : figure(value);
}

/** A share as a tick: `25 %`. */
export function percentTick(share: number): string {
  return `${Number((share * 100).toPrecision(3))}${THIN_SPACE}%`;
}

/** A time span: `8 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** When something began: the time of day, with the date unless that is today. */
export function moment(iso: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === now.toDateString()) return time;
  return `${date.toLocaleDateString([], { day: "numeric", month: "short" })} ${time}`;
}

/** `1 layer`, `5 layers`. */
export function plural(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}
