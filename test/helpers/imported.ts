/** Files of other tools to read, and what is read from them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { decode, encode } from "../../telemetry/codec.ts";
import type { EpochEvent, RunEvent, StepEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { readImported } from "../../telemetry/files/imported.ts";

/** @returns the path of the file */
export function writeBelow(folder: string, name: string, content: string | Buffer): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** The events of a foreign recording; every one keeps to the schema that our own trainer keeps to. */
export function read(path: string) {
  const { tool, damaged, events } = readImported(path);
  const all: TelemetryEvent[] = [...events];
  for (const event of all) expect(decode(encode(event))).toEqual({ event });
  return {
    tool,
    damaged,
    all,
    run: all[0] as RunEvent,
    steps: all.filter((event): event is StepEvent => event.kind === "step"),
    epochs: all.filter((event): event is EpochEvent => event.kind === "epoch"),
  };
}
