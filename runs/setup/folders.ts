/** Where backends are installed, and how the trainer is told. */
import { delimiter, join } from "node:path";
import { KINDS } from "./kinds.ts";

/** Each kind has a folder of its own, so that one is set up, replaced or removed without touching the others. */
export function backendFolder(storage: string, kind: string): string {
  return join(storage, kind);
}

/** What the trainer needs in its environment to find what was set up in `storage`. */
export function backendsEnvironment(storage: string): { VITALS_BACKENDS: string } {
  return { VITALS_BACKENDS: KINDS.map((kind) => backendFolder(storage, kind)).join(delimiter) };
}
