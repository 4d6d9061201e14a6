/**
 * Counts how often a test set was looked at. A test set that is used to choose between models is no longer one
 * (lesson 0), so each use is written down where the runs are, and none is ever taken back.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { RunFolderError, reasonOf } from "../../telemetry/files/folder.ts";

/** Name of the ledger, in the folder that holds the run folders. */
export const TEST_LEDGER = "test-uses.ndjson";

export interface TestUse {
  /** Id of the run. */
  run: string;
  /** ISO 8601. */
  when: string;
}

/**
 * Appends one line in one write.
 * @param testKey what the data set says of its test rows
 * @returns how many uses there are now, with this one
 * @throws {RunFolderError} the ledger cannot be written
 */
export function recordTestUse(ledger: string, testKey: string, { run, when }: TestUse): number {
  const before = readLedger(ledger);
  // A line that was cut off must not swallow this one.
  const start = before === "" || before.endsWith("\n") ? "" : "\n";
  try {
    appendFileSync(ledger, `${start}${JSON.stringify({ testKey, run, when })}\n`);
  } catch (error) {
    throw new RunFolderError(
      `Cannot write ${ledger}: ${reasonOf(error)}. The test set stays locked until its use can be written down.`,
    );
  }
  return testUses(ledger, testKey);
}

/** How often the test set was looked at; damaged lines do not count. */
export function testUses(ledger: string, testKey: string): number {
  return readLedger(ledger)
    .split("\n")
    .filter((line) => keyOf(line) === testKey).length;
}

function keyOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { testKey?: unknown } | null)?.testKey;
  } catch {
    return undefined;
  }
}

function readLedger(ledger: string): string {
  try {
    return readFileSync(ledger, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new RunFolderError(`Cannot read ${ledger}: ${reasonOf(error)}.`);
  }
}
