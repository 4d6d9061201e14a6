/** `vitals preflight FILE`: the checks before the first step. */
import { resolve } from "node:path";
import { Command } from "commander";
import {
  type AuditItem,
  auditModernRecipe,
  auditRecipe,
  auditTakeaways,
} from "../diagnosis/audit.ts";
import { type Check, checksOf, type Verdict } from "../diagnosis/preflight.ts";
import { preflight } from "../runs/preflight.ts";
import { encode } from "../telemetry/codec.ts";
import { EXIT } from "./errors.ts";
import { wholeNumber } from "./numbers.ts";
import { optionsFor } from "./options.ts";
import { exitStatus, printResult } from "./report.ts";
import { type ScratchOptions, scratchRequest, untilSignal } from "./scratch.ts";

const MARKS: Record<Verdict, string> = { ok: "✓", look: "!", wrong: "✗" };

export function preflightCommand(): Command {
  return new Command("preflight")
    .description(
      "Checks a recipe before it trains: its data, the first forward pass, one batch by heart, the learning rate.",
    )
    .argument("<file>", "the recipe")
    .option("--backend <name>", "auto, cuda, native, webgpu, wasm or cpu")
    .option("--seed <n>", "instead of the recipe's", wholeNumber)
    .option("--json", "print one JSON object a line: checks, checklists, findings, summary")
    .action(async (file: string, options: ScratchOptions) => {
      process.exitCode = await untilSignal((signal) => check(file, options, signal));
    });
}

async function check(file: string, options: ScratchOptions, signal: AbortSignal): Promise<number> {
  const { json = false } = options;
  const request = scratchRequest(file, options);
  const step = (text: string) => {
    if (process.stdout.isTTY && !json) process.stdout.write(`${text} …\n`);
  };
  const began = performance.now();
  const result = await preflight(request, optionsFor(request.file), { signal, step });
  const { record, run, findings } = result;
  const checks = checksOf(result);
  const audit = [...auditTakeaways(run), ...auditRecipe(run), ...auditModernRecipe(run)];
  const seconds = (performance.now() - began) / 1000;
  const summary = { ...record.summary(resolve(file), "completed", null), seconds };
  if (json) {
    const lines = [
      ...checks.map((one) => ({ kind: "check", ...one })),
      ...audit.map((one) => ({ kind: "audit", ...one })),
    ];
    for (const line of lines) process.stdout.write(`${encode(line)}\n`);
  } else {
    process.stdout.write(`${checksText(checks)}\n\n${auditText(audit)}\n\n`);
  }
  printResult(findings, summary, json);
  const wrong = checks.some(({ verdict }) => verdict === "wrong");
  return wrong ? EXIT.findings : exitStatus(summary, null);
}

function checksText(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, verdict, text }) => `${MARKS[verdict]} ${name.padEnd(width)}  ${text}`)
    .join("\n");
}

/** A heading for each list: what is there is counted, what is missing is named. */
function auditText(items: readonly AuditItem[]): string {
  const lessons = [...new Set(items.map(({ lesson }) => lesson))];
  return lessons
    .map((lesson) => {
      const all = items.filter((item) => item.lesson === lesson);
      const missing = all.filter(({ ok }) => !ok).map(({ item }) => `  - ${item}`);
      return [`${lesson}: ${all.length - missing.length} of ${all.length}`, ...missing].join("\n");
    })
    .join("\n");
}
