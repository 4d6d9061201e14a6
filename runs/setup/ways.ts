/** The ways in which a package that is installed without its library can come by one. */
import { buildBinding } from "./binding.ts";
import { downloadLibrary } from "./download.ts";
import type { Kind } from "./kinds.ts";
import type { Machine } from "./machine.ts";
import type { NodeProgram } from "./npm.ts";
import { findPythonTensorflow } from "./python.ts";
import type { Watch } from "./watch.ts";

/**
 * @param folder of the package, absolute
 * @throws {Error} a clause; or the reason of the watch's signal
 */
export type Way = (folder: string, node: NodeProgram, watch: Watch) => Promise<void>;

/** The library that the packages download is TensorFlow 2.9.1 for CUDA 11.2, built for no later architecture. */
const NEWEST_CAPABILITY = 8.6;

/** @param pythons where to look for an installed TensorFlow */
export function waysFor(kind: Kind, machine: Machine, pythons: string[]): Way[] {
  if (kind === "webgpu") return [async () => {}];
  const build = buildAgainstPython(kind === "cuda", pythons);
  if (kind === "cuda" && tooNew(machine)) return [build];
  return machine.platform === "linux" ? [downloadLibrary, build] : [downloadLibrary];
}

function tooNew({ gpus }: Machine): boolean {
  return gpus.every(({ capability }) => capability > NEWEST_CAPABILITY);
}

function buildAgainstPython(cuda: boolean, pythons: string[]): Way {
  return async (folder, node, watch) => {
    watch.step("Looking for a TensorFlow for Python");
    const tensorflow = await findPythonTensorflow(pythons, cuda);
    if (!tensorflow) {
      const wanted = cuda ? "tensorflow[and-cuda]" : "tensorflow-cpu";
      throw new Error(
        `there is no TensorFlow for Python to build against: "pip install ${wanted}" brings one`,
      );
    }
    watch.step(`Building against ${tensorflow.folder}`);
    await buildBinding(folder, tensorflow, node, watch);
  };
}
