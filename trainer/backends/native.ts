/** TensorFlow's own library, by the package of the user's: on the CPU (`native`) and on an NVIDIA GPU (`cuda`). */
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import util from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { ADDON_ENVIRONMENT, type Addon, tryAddon } from "./addon.ts";
import { type Backend, onHost } from "./backend.ts";
import { locatePackage } from "./locate.ts";
import { TENSORFLOW } from "./native/backend.ts";
import { correctKernels } from "./native/corrections.ts";
import { shortenKernels } from "./native/shortcuts.ts";

const PACKAGES = { native: "@tensorflow/tfjs-node", cuda: "@tensorflow/tfjs-node-gpu" };

/**
 * @param recipeFolder absolute: the user's own copy is looked for there and above
 * @throws {Error} why it does not start, as a clause
 */
export async function startNative(name: "native" | "cuda", recipeFolder: string): Promise<Backend> {
  const { folder, addon } = await firstThatWorks(name, recipeFolder);
  if (!tf.findBackendFactory(TENSORFLOW)) load(folder);
  if (!(await tf.setBackend(TENSORFLOW))) throw new Error(`${folder} does not start`);
  return {
    name,
    device: `${addon.gpu ?? cpus()[0]?.model.trim() ?? "processor"}, TensorFlow ${addon.version}`,
    ...onHost((tensor) => tensor.dataSync() as Float32Array),
  };
}

async function firstThatWorks(
  name: "native" | "cuda",
  recipeFolder: string,
): Promise<{ folder: string; addon: Addon }> {
  const wanted = PACKAGES[name];
  const reasons: string[] = [];
  for (const folder of locatePackage(wanted, recipeFolder)) {
    try {
      return { folder, addon: await tryAddon(folder, name === "cuda") };
    } catch (error) {
      reasons.push(`${folder} does not work: ${(error as Error).message}`);
    }
  }
  throw new Error(reasons[0] === undefined ? `${wanted} is not installed` : reasons.join(", and "));
}

/**
 * The package brings a second copy of TensorFlow.js, which finds ours by the globals that all copies share: one engine,
 * one list of kernels. It becomes the backend "tensorflow" of both.
 */
function load(folder: string): void {
  Object.assign(process.env, ADDON_ENVIRONMENT);
  // Node.js 23 dropped a function that the package still calls.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value == null });
  keepingOurs(() => createRequire(join(folder, "package.json"))(folder));
  correctKernels();
  shortenKernels();
}

/** The second copy would put its kernels and gradients, of whatever version, in the place of ours. */
function keepingOurs(work: () => void): void {
  const { _tfGlobals } = globalThis as unknown as { _tfGlobals: Map<string, Map<string, unknown>> };
  const registries = ["kernelRegistry", "gradRegistry"].map((name) => _tfGlobals.get(name)!);
  const ours = registries.map((registry) => [...registry]);
  work();
  registries.forEach((registry, i) => {
    for (const [name, entry] of ours[i]!) registry.set(name, entry);
  });
}
