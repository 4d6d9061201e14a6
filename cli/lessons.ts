/** `vitals lessons`: the lessons' worked examples beside ours. */
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { Command } from "commander";
import type { LessonRow } from "../telemetry/lessonRow.ts";
import { EXIT } from "./errors.ts";

/** Bundled beside the command. */
const LESSONS = new URL("lessons.cjs", import.meta.url);

export function lessonsCommand(): Command {
  return new Command("lessons")
    .description("Prints the lessons' worked examples beside ours; says where a lesson is wrong.")
    .option("--json", "print one JSON object a line")
    .action(async ({ json }: { json?: boolean }) => {
      const lines = (await examples()).trimEnd();
      const rows = lines.split("\n").map((line) => JSON.parse(line) as LessonRow);
      process.stdout.write(json ? `${lines}\n` : report(rows));
      const disagree = rows.some(({ verdict }) => verdict === "disagree");
      process.exitCode = disagree ? EXIT.findings : EXIT.ok;
    });
}

/** What the examples print, in a thread of their own: TensorFlow.js stays out of the command. */
function examples(): Promise<string> {
  const worker = new Worker(LESSONS, { stdout: true });
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  return Promise.race([text(worker.stdout), failed]);
}

/** Columns: line, what, the lesson's figure, ours, verdict. With the gaps they fill 100. */
const WIDTHS = [3, 31, 23, 23, 12];
const GAP = "  ";
const REASON_INDENT = " ".repeat(WIDTHS[0]! + GAP.length - 1);

function report(rows: LessonRow[]): string {
  const lessons = new Set(rows.map(({ lesson }) => lesson));
  const parts = [...lessons].map((lesson) => {
    const head = line(["", `Lesson ${lesson}`, "lesson", "ours", ""]);
    return [head, ...rows.filter((row) => row.lesson === lesson).map(entry)].join("\n");
  });
  const count = (verdict: LessonRow["verdict"]) =>
    rows.filter((row) => row.verdict === verdict).length;
  return [
    ...parts,
    "* The lesson prints no number there: it is what its code or formula gives when it is run.",
    `${rows.length} figures: ${count("agree")} agree, ${count("lesson wrong")} where the lesson is wrong, ${count("disagree")} disagree.\n`,
  ].join("\n\n");
}

function entry(row: LessonRow): string {
  const figure = row.source === "code" ? `${row.figure}*` : row.figure;
  const cells = line([String(row.line), row.what, figure, row.ours, row.verdict]);
  if (!row.reason) return cells;
  const width = WIDTHS.reduce((sum, each) => sum + each) - REASON_INDENT.length;
  const reason = wrap(row.reason, width).map((part) => `${REASON_INDENT} ${part}`);
  return [cells, ...reason].join("\n");
}

/** The cells side by side, as many lines as the highest of them takes. */
function line(cells: string[]): string {
  const wrapped = cells.map((cell, i) => wrap(cell, WIDTHS[i]!));
  const height = Math.max(...wrapped.map((parts) => parts.length));
  return Array.from({ length: height }, (_, y) =>
    wrapped
      .map((parts, i) => (parts[y] ?? "").padEnd(WIDTHS[i]!))
      .join(GAP)
      .trimEnd(),
  ).join("\n");
}

/** Broken at spaces, none of which is lost inside a line. */
function wrap(cell: string, width: number): string[] {
  const lines = [""];
  for (const word of cell.split(/(?<= )(?=[^ ])/)) {
    const last = lines.length - 1;
    if (`${lines[last]}${word}`.trimEnd().length <= width) lines[last] += word;
    else lines.push(word);
  }
  return lines.map((each) => each.trimEnd());
}
