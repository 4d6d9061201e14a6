/** `vitals check PATH…`: the findings of recorded runs, our own and those of other tools. */
import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { coverageText } from "../diagnosis/coverage.ts";
import { RunRecord } from "../runs/record.ts";
import { EVENTS_FILE } from "../telemetry/files/folder.ts";
import { isAlive, replayRun } from "../telemetry/files/follower.ts";
import { ImportError, readImported } from "../telemetry/files/imported.ts";
import { InputError } from "./errors.ts";
import { optionsFor } from "./options.ts";
import { exitStatus, printResult } from "./report.ts";

export function checkCommand(): Command {
  return new Command("check")
    .description("Reads recorded runs and prints what is wrong with them.")
    .argument(
      "<paths...>",
      "run folders, TensorBoard event files, Keras or Lightning CSV logs, DVCLive folders",
    )
    .option("--json", "print one JSON object a line")
    .action((paths: string[], options: { json?: boolean }) => {
      process.exitCode = Math.max(...paths.map((path) => check(path, options.json ?? false)));
    });
}

/** @returns the exit status that this run asks for */
function check(path: string, json: boolean): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new InputError(`${path}: no such file or folder.`);
  const folder = resolve(stats.isDirectory() ? path : dirname(path));
  const ours = statSync(join(folder, EVENTS_FILE), { throwIfNoEntry: false }) !== undefined;
  const record = new RunRecord(optionsFor(resolve(path)));
  return ours ? checkOwn(folder, record, json) : checkForeign(path, record, json);
}

function checkOwn(folder: string, record: RunRecord, json: boolean): number {
  warnOfDamage(
    join(folder, EVENTS_FILE),
    replayRun(folder, (event) => record.push(event)),
  );
  const live = !record.end && record.run !== undefined && isAlive(record.run);
  const status = record.end?.status ?? (live ? "running" : "failed");
  const error =
    status === "failed" && !record.end
      ? `The recording stops after step ${record.step?.step ?? 0}: the trainer was killed, or the machine went down.`
      : (record.end?.error ?? null);
  const summary = record.summary(folder, status, error);
  printResult(record.findings, summary, json);
  return exitStatus(summary, record.end?.cause ?? null);
}

function checkForeign(path: string, record: RunRecord, json: boolean): number {
  try {
    const { damaged, events } = readImported(path);
    for (const event of events) record.push(event);
    warnOfDamage(path, damaged);
  } catch (error) {
    if (error instanceof ImportError) throw new InputError(error.message);
    throw error;
  }
  // Such files do not say how a run ended, nor whether it did.
  const summary = record.summary(resolve(path), "recorded", null);
  printResult(record.findings, summary, json);
  if (!json) for (const line of coverageText(summary)) process.stdout.write(`${line}\n`);
  return exitStatus(summary, null);
}

function warnOfDamage(file: string, damaged: number): void {
  if (damaged === 0) return;
  process.stderr.write(
    `${file}: ${damaged === 1 ? "1 damaged record was" : `${damaged} damaged records were`} skipped.\n`,
  );
}
