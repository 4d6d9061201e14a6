/** One event to one line of JSON and back; numbers that JSON cannot hold travel as strings. */
import type Type from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { EVENT_KINDS, EVENT_VERSION, type TelemetryEvent } from "./events.ts";

/** What a line of `events.ndjson` turned out to be. */
export type Decoded =
  | { event: TelemetryEvent }
  /** A kind from a later minor version: skip it. */
  | { unknown: string }
  /** Not an event: skip and count it. */
  | { damaged: string };

/** The file was written by a version of the telemetry that this reader cannot understand. */
export class NewerVersionError extends Error {
  constructor(version: string) {
    super(
      `This run was recorded with telemetry version ${version}, and this build of Training Vitals reads up to ${EVENT_VERSION}: update the extension.`,
    );
    this.name = "NewerVersionError";
  }
}

/** JSON text of one event or finding, without the newline. */
export function encode(value: unknown): string {
  // A replacer is called for every number and costs ten times the rest: only what needs it pays.
  return isFiniteThroughout(value) ? JSON.stringify(value) : JSON.stringify(value, spellNonFinite);
}

function spellNonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isFiniteThroughout);
  for (const key in value) {
    if (!isFiniteThroughout((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}

const NON_FINITE: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};
/** Text fields may hold the word NaN as a word: they are never numbers. */
const TEXT_FIELDS = new Set(["error", "text", "name", "label", "file", "id"]);

/** Turns the three strings back into numbers, in place. */
function revive(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    const item = record[key];
    if (typeof item === "string") {
      const number = NON_FINITE[item];
      if (number !== undefined && !TEXT_FIELDS.has(key)) record[key] = number;
    } else revive(item);
  }
}

/** Compiled when the first event of a kind comes, for compiling all would delay the start of the editor. */
const validators = new Map<string, Validator>();

function validatorOf(kind: string): Validator | undefined {
  let validator = validators.get(kind);
  if (!validator && Object.hasOwn(EVENT_KINDS, kind)) {
    validator = Compile(EVENT_KINDS[kind as keyof typeof EVENT_KINDS] as Type.TSchema);
    validators.set(kind, validator);
  }
  return validator;
}

/**
 * Decodes one line.
 * @throws {NewerVersionError} for a `run` event of a newer major version.
 */
export function decode(line: string): Decoded {
  let value: { kind?: unknown; version?: unknown };
  try {
    value = JSON.parse(line);
  } catch {
    return { damaged: line };
  }
  if (typeof value !== "object" || value === null || typeof value.kind !== "string") {
    return { damaged: line };
  }
  if (value.kind === "run" && typeof value.version === "string") {
    if (majorOf(value.version) > majorOf(EVENT_VERSION)) throw new NewerVersionError(value.version);
  }
  const validator = validatorOf(value.kind);
  if (!validator) return { unknown: value.kind };
  if (!validator.Check(value)) return { damaged: line };
  if (line.includes('N"') || line.includes('y"')) revive(value);
  return { event: value as TelemetryEvent };
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
