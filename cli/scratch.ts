/** Short runs of a recipe from the command line: nothing of them is kept. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isScript } from "../runs/launch.ts";
import { ScratchError, type ScratchRequest, Stopped } from "../runs/scratch.ts";
import { EXIT, InputError } from "./errors.ts";
import { placed } from "./place.ts";
import { checkTrainable } from "./trainable.ts";

export interface ScratchOptions {
  backend?: string;
  seed?: number;
  json?: boolean;
}

/** The trainer is bundled beside the command. */
const TRAINER = fileURLToPath(new URL("trainer.cjs", import.meta.url));

/**
 * @param path of a recipe, as it was given
 * @throws {InputError} where it is none, or has mistakes
 */
export function scratchRequest(path: string, { backend, seed }: ScratchOptions): ScratchRequest {
  const file = resolve(path);
  checkTrainable(file, {}, []);
  if (isScript(file)) {
    throw new InputError(
      `${path}: a script is checked while it trains: use vitals train with --max-steps; this command is for recipes.`,
    );
  }
  return {
    file,
    trainer: TRAINER,
    node: process.execPath,
    ...(backend !== undefined && { backend }),
    ...(seed !== undefined && { seed }),
  };
}

/**
 * Does the work until a signal stops it.
 * @returns the exit status
 * @throws {InputError} where the recipe asks for what cannot be done
 */
export async function untilSignal(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (error instanceof ScratchError && error.fault === "input") {
      throw new InputError(placed(error.message, error.anchor));
    }
    if (!(error instanceof ScratchError || error instanceof Stopped)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT.failed;
  }
}
