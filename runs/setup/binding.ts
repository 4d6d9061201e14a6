/** Builds the binding of TensorFlow for Node.js against the library of a Python TensorFlow. Linux only. */
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommand } from "./command.ts";
import { executableOf, type NodeProgram, runNpm } from "./npm.ts";
import type { PythonTensorflow } from "./python.ts";
import type { Watch } from "./watch.ts";

const TIME_OUT_SECONDS = 600;

/**
 * @param folder of the npm package, absolute
 * @throws {Error} a clause; or the reason of the watch's signal
 */
export async function buildBinding(
  folder: string,
  { folder: tensorflow }: PythonTensorflow,
  node: NodeProgram,
  { signal, log }: Watch,
): Promise<void> {
  const options = { seconds: TIME_OUT_SECONDS, cwd: folder, signal, onLine: log };
  const gyp = await runNpm(node, ["exec", "-c", "node -p process.env.npm_config_node_gyp"], {
    ...options,
    onLine: () => {},
  });
  const executable = await executableOf(node);
  const library = join(folder, "deps", "lib");
  rmSync(join(folder, "deps"), { recursive: true, force: true });
  mkdirSync(library, { recursive: true });
  symlinkSync(join(tensorflow, "include"), join(folder, "deps", "include"));
  for (const [name, target] of LIBRARIES)
    symlinkSync(join(tensorflow, target), join(library, name));
  const args = gypArguments(folder, nodeHeaders(executable));
  await runCommand(executable, [gyp.trim(), ...args], options).catch((error: Error) => {
    signal.throwIfAborted();
    throw new Error(`its binding could not be built (${error.message.replace(/\.$/, "")})`);
  });
  // From here on the folder itself: the library looks for NVIDIA's beside itself, at `../nvidia`.
  rmSync(library, { recursive: true });
  symlinkSync(tensorflow, library);
}

/** What the binding links with, and what Python packages call it. */
const LIBRARIES = [
  ["libtensorflow.so", "libtensorflow_cc.so.2"],
  ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
] as const;

/**
 * What node-pre-gyp, with which the package installs itself, would ask of node-gyp.
 * @param headers folder that holds Node.js's `include/node`; without it node-gyp downloads them
 */
export function gypArguments(folder: string, headers: string | undefined): string[] {
  const { binary } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const version = Math.max(...binary.napi_versions);
  const path = join(folder, binary.module_path.replace("{napi_build_version}", version));
  return [
    "configure",
    "build",
    `--napi_build_version=${version}`,
    `--module_name=${binary.module_name}`,
    `--module_path=${path}`,
    `--module=${join(path, `${binary.module_name}.node`)}`,
    ...(headers === undefined ? [] : [`--nodedir=${headers}`]),
  ];
}

/** Where most installations have them: beside the folder of the program. */
function nodeHeaders(executable: string): string | undefined {
  const prefix = dirname(dirname(realpathSync(executable)));
  return existsSync(join(prefix, "include", "node", "node.h")) ? prefix : undefined;
}
