/** Every backend, by the name that `--backend` takes. A new backend: one file and one line here. */
import * as tf from "@tensorflow/tfjs-core";
import { InputError } from "../errors.ts";
import type { Backend } from "./backend.ts";
import { startCpu } from "./cpu.ts";
import { locateDawn } from "./dawn.ts";
import { startNative } from "./native.ts";
import { startWasm } from "./wasm.ts";
import { startWebgpu } from "./webgpu.ts";

/**
 * Starts a backend, or throws why not, as a clause.
 * @param named the user asked for this one: it may be slower than others
 */
type Start = (recipeFolder: string, named: boolean) => Promise<Backend>;

/** The fastest first. */
const BACKENDS = new Map<string, Start>([
  ["cuda", (folder) => startNative("cuda", folder)],
  ["webgpu", async (folder, named) => startWebgpu(await locateDawn(folder), named)],
  ["native", (folder) => startNative("native", folder)],
  ["wasm", startWasm],
  ["cpu", startCpu],
]);

export interface Choice {
  backend: Backend;
  /** One line: what computes, and why nothing faster does. */
  choice: string;
}

/**
 * @param name of a backend, or "auto": the fastest that starts
 * @param recipeFolder absolute: packages of the user's are looked for there and above
 * @throws {InputError} no backend of that name, or it does not start
 */
export async function startBackend(name: string, recipeFolder: string): Promise<Choice> {
  // Without TensorFlow.js's advertisements on the console.
  tf.enableProdMode();
  if (name === "auto") return startFastest(BACKENDS, recipeFolder);
  const start = BACKENDS.get(name);
  if (!start) {
    const known = ["auto", ...BACKENDS.keys()].join(", ");
    throw new InputError(`There is no backend "${name}"; known here: ${known}.`);
  }
  try {
    const backend = await start(recipeFolder, true);
    return { backend, choice: explain(backend, []) };
  } catch (error) {
    throw new InputError(
      `The backend "${name}" does not start: ${clause(error)}; ` +
        `run the command "Vitals: Set Up GPU Training", or leave --backend out and the fastest that starts is taken.`,
    );
  }
}

/** @throws {InputError} none starts */
export async function startFastest(
  backends: ReadonlyMap<string, Start>,
  recipeFolder: string,
): Promise<Choice> {
  const refused: string[] = [];
  for (const [name, start] of backends) {
    try {
      const backend = await start(recipeFolder, false);
      return { backend, choice: explain(backend, refused) };
    } catch (error) {
      refused.push(`${name}: ${clause(error)}`);
    }
  }
  throw new InputError(`No backend starts: ${refused.join("; ")}.`);
}

function explain({ name, device }: Backend, refused: string[]): string {
  const why = refused.length > 0 ? `; nothing faster starts: ${refused.join("; ")}` : "";
  return `Computing by ${name} on ${device}${why}.`;
}

function clause(error: unknown): string {
  return (error as Error).message.split("\n")[0]!.replace(/\.$/, "");
}
