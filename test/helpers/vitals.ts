/** Runs the built command as a user would. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const COMMAND = resolve("dist", "vitals.js");

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `vitals ARGS` in a folder; `done` never rejects. */
export function startVitals(
  args: string[],
  cwd: string,
): { child: ChildProcess; done: Promise<Result> } {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd });
  const result: Result = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    result.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    result.stderr += chunk;
  });
  const done = new Promise<Result>((fulfil) =>
    child.on("close", (code) => fulfil({ ...result, code })),
  );
  return { child, done };
}

export function vitals(args: string[], cwd: string): Promise<Result> {
  return startVitals(args, cwd).done;
}

/** A copy of the examples to work in, and its removal. */
export function copyOfExamples(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "vitals-examples-"));
  cpSync("examples", folder, {
    recursive: true,
    filter: (source) => !source.includes(".vitals"),
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
