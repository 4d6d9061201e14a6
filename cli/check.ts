/** `vitals check RUN…`: the findings of recorded runs. */
import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { RunRecord } from "../runs/record.ts";
import { EVENTS_FILE } from "../telemetry/files/folder.ts";
import { isAlive, replayRun } from "../telemetry/files/follower.ts";
import { InputError } from "./errors.ts";
import { exitStatus, printResult } from "./report.ts";

export function checkCommand(): Command {
  return new Command("check")
    .description("Reads recorded runs and prints what is wrong with them.")
    .argument("<runs...>", "run folders")
    .option("--json", "print one JSON object a line")
    .action((runs: string[], options: { json?: boolean }) => {
      process.exitCode = Math.max(...runs.map((run) => check(run, options.json ?? false)));
    });
}

/** @returns the exit status that this run asks for */
function check(path: string, json: boolean): number {
  const folder = runFolderAt(path);
  const record = new RunRecord();
  const damaged = replayRun(folder, (event) => record.push(event));
  if (damaged > 0) {
    process.stderr.write(`${join(folder, EVENTS_FILE)}: ${damaged} damaged lines were skipped.\n`);
  }
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

function runFolderAt(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new InputError(`${path}: no such run folder.`);
  const folder = resolve(stats.isDirectory() ? path : dirname(path));
  if (!statSync(join(folder, EVENTS_FILE), { throwIfNoEntry: false })) {
    throw new InputError(`${path}: not a run folder, it holds no ${EVENTS_FILE}.`);
  }
  return folder;
}
