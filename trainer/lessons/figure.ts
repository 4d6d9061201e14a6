/** A figure of a lesson beside ours, and whether they agree. */
import type { LessonRow } from "../../telemetry/lessonRow.ts";

export interface Figure {
  /** Lesson and line, such as `001:133`. */
  at: string;
  what: string;
  /** As the lesson has it. */
  lesson: string;
  /** The lesson prints no number there; `lesson` is what its code or formula gives when it is run. */
  run?: true;
  /** In the order of the numbers in `lesson`; or what was found, and whether that is as it should be. */
  ours: readonly number[] | { text: string; holds: boolean };
  /**
   * Where the lesson errs: why, in one sentence, and what it should have instead in the same form. Nothing instead where
   * the numbers are right and what the lesson concludes is not.
   */
  wrong?: { right?: string; reason: string };
}

/** A number in a text: sign, thousands, fraction, power of ten. */
const NUMBER = /-?\d+(?:,\d{3})*(?:\.\d*)?(?:e[+-]?\d+)?/gi;

/** What 32-bit floats lose over some twenty layers; a number this near to the edge of a digit may fall either way. */
const ROUNDING = 2e-6;

export function compare({ at, what, lesson, run, ours, wrong }: Figure): LessonRow {
  const [number, line] = at.split(":");
  const expected = wrong?.right ?? lesson;
  const right = "holds" in ours ? ours.holds : agrees(expected, ours);
  return {
    lesson: number!,
    line: Number(line),
    what,
    figure: lesson,
    source: run ? "code" : "text",
    ours: "holds" in ours ? ours.text : inTheFormOf(expected, ours),
    verdict: right ? (wrong ? "lesson wrong" : "agree") : "disagree",
    reason: wrong?.reason ?? null,
  };
}

/** Whether each number of the text is the given one, rounded to the text's digits. */
function agrees(text: string, numbers: readonly number[]): boolean {
  const tokens = text.match(NUMBER) ?? [];
  return (
    tokens.length === numbers.length &&
    tokens.every((token, i) => {
      const value = parsed(token);
      const half = unitOf(token) / 2;
      return Math.abs(numbers[i]! - value) <= half + Math.min(half, ROUNDING * Math.abs(value));
    })
  );
}

/** The text with its numbers replaced, each to as many digits. */
function inTheFormOf(text: string, numbers: readonly number[]): string {
  let next = 0;
  return text.replace(NUMBER, (token) => {
    const value = numbers[next++] ?? Number.NaN;
    if (!Number.isFinite(value)) return String(value);
    const fraction = digitsOf(token);
    if (/e/i.test(token)) return scientific(value, fraction);
    const rounded = value.toFixed(fraction).replace(/^-(?=[0.]*$)/, "");
    const full = token.endsWith(".") ? `${rounded}.` : rounded;
    return token.includes(",") ? full.replace(/\B(?=(?:\d{3})+$)/g, ",") : full;
  });
}

function parsed(token: string): number {
  return Number(token.replaceAll(",", ""));
}

/** Digits after the point. */
function digitsOf(token: string): number {
  return /\.(\d*)/.exec(token)?.[1]?.length ?? 0;
}

/** What 1 in the last digit is worth. */
function unitOf(token: string): number {
  const exponent = Number(/e(.+)/i.exec(token)?.[1] ?? 0);
  return 10 ** (exponent - digitsOf(token));
}

/** As Python prints it: two digits of exponent at least. */
function scientific(value: number, fraction: number): string {
  return value.toExponential(fraction).replace(/e([+-])(\d)$/, "e$10$2");
}
