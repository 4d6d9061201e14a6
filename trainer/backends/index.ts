/** Every backend, by the name that `--backend` takes. A new backend: one file and one line here. */
import * as tf from "@tensorflow/tfjs-core";
import { InputError } from "../errors.ts";
import type { Backend } from "./backend.ts";
import { startCpu } from "./cpu.ts";
import { startWasm } from "./wasm.ts";

const BACKENDS = new Map<string, () => Promise<Backend>>([
  ["auto", startWasm],
  ["wasm", startWasm],
  ["cpu", startCpu],
]);

/** @throws {InputError} no backend of that name */
export function startBackend(name: string): Promise<Backend> {
  const start = BACKENDS.get(name);
  if (!start) {
    const known = [...BACKENDS.keys()].join(", ");
    throw new InputError(`There is no backend "${name}"; known here: ${known}.`);
  }
  // Without TensorFlow.js's advertisements on the console.
  tf.enableProdMode();
  return start();
}
