/** Writes scripts to a folder of their own, and runs them with the probe and without it. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { EpochEvent, RunEvent, StepEvent, TelemetryEvent } from "../../../telemetry/events.ts";
import { LOG_FILE } from "../../../telemetry/files/folder.ts";
import { readRun } from "../../helpers/readRun.ts";
import { type Result, vitals } from "../../helpers/vitals.ts";

/** What a script did. */
export interface Trained {
  result: Result;
  events: TelemetryEvent[];
  run: RunEvent;
  steps: StepEvent[];
  epochs: EpochEvent[];
  /** What the script printed. */
  log: string;
}

export class ScriptFolder {
  readonly path = mkdtempSync(join(tmpdir(), "vitals-script-"));
  #runs = 0;

  constructor() {
    symlinkSync(resolve("node_modules"), join(this.path, "node_modules"), "junction");
  }

  /** @returns its absolute path */
  write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text);
    return file;
  }

  /** As a user without us would run it. */
  plain(name: string): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((fulfil) => {
      execFile(process.execPath, [name], { cwd: this.path }, (error, stdout, stderr) =>
        fulfil({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }

  /** A folder for a run that does not exist yet. */
  newRun(): string {
    return join(this.path, `run-${++this.#runs}`);
  }

  async train(name: string, args: string[] = [], run = this.newRun()): Promise<Trained> {
    const result = await vitals(["train", name, "--json", "--run", run, ...args], this.path);
    return { result, ...this.read(run) };
  }

  /** What is recorded in a run folder. */
  read(run: string): Omit<Trained, "result"> {
    const { events } = readRun(run);
    const of = <Event extends TelemetryEvent>(kind: Event["kind"]) =>
      events.filter((event): event is Event => event.kind === kind);
    return {
      events,
      run: of<RunEvent>("run")[0]!,
      steps: of<StepEvent>("step"),
      epochs: of<EpochEvent>("epoch"),
      log: readFileSync(join(run, LOG_FILE), "utf8"),
    };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
