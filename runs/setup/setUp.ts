/** Sets a backend up: wholly, and proved by a training, or not at all. */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backendFolder } from "./folders.ts";
import { type Kind, PACKAGES } from "./kinds.ts";
import type { Machine } from "./machine.ts";
import { type NodeProgram, runNpm } from "./npm.ts";
import { prove } from "./prove.ts";
import type { Watch } from "./watch.ts";
import { waysFor } from "./ways.ts";

export interface SetUpRequest {
  kind: Kind;
  machine: Machine;
  /** Where backends are kept, absolute. */
  storage: string;
  /** The bundled trainer, absolute. */
  trainer: string;
  /** The Node.js that trains. */
  node: NodeProgram;
  /** Where to look for an installed TensorFlow, in this order: paths, or names that are on the `PATH`. */
  pythons: string[];
}

const INSTALL_SECONDS = 900;

/**
 * @returns the device that training can now use
 * @throws {Error} one sentence that says why it cannot, or the reason of the signal; all is then as it was
 */
export async function setUp(request: SetUpRequest, watch: Watch): Promise<string> {
  const { kind, storage, node } = request;
  const folder = backendFolder(storage, kind);
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  try {
    mkdirSync(fresh, { recursive: true });
    await install(kind, fresh, node, watch);
    const device = await firstThatWorks(request, fresh, watch);
    replace(folder, fresh);
    return device;
  } catch (error) {
    watch.signal.throwIfAborted();
    const why = (error as Error).message.replace(/\.$/, "");
    throw new Error(`${kind} was not set up, and nothing was changed: ${why}.`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Scripts come later, one at a time and under watch. */
async function install(
  kind: Kind,
  folder: string,
  node: NodeProgram,
  { signal, step, log }: Watch,
): Promise<void> {
  const { name, range } = PACKAGES[kind];
  step(`Installing ${name}`);
  const options = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  await runNpm(node, ["install", ...options, `${name}@${range}`], {
    seconds: INSTALL_SECONDS,
    cwd: folder,
    signal,
    onLine: log,
  });
}

/** Tries each way to the package's library until one leads to a backend that trains. */
async function firstThatWorks(
  { kind, machine, trainer, node, pythons }: SetUpRequest,
  folder: string,
  watch: Watch,
): Promise<string> {
  const reasons: string[] = [];
  for (const way of waysFor(kind, machine, pythons)) {
    try {
      await way(join(folder, "node_modules", PACKAGES[kind].name), node, watch);
      watch.step("Training for a moment, to see that it works");
      return await prove(kind, trainer, node, folder, watch.signal);
    } catch (error) {
      watch.signal.throwIfAborted();
      watch.log((error as Error).message);
      reasons.push((error as Error).message.replace(/\.$/, ""));
    }
  }
  throw new Error(reasons.join("; "));
}

/** Puts `fresh` in the place of `folder`; what was there stays until the new one stands. */
function replace(folder: string, fresh: string): void {
  const old = `${folder}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}
