/** Which Node.js runs the trainer. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program, and what its environment needs on top of ours. */
export interface NodeProgram {
  path: string;
  env: Record<string, string>;
}

/**
 * The user's own Node.js where there is one: native backends do not load in an editor's executable.
 * Without one the editor's executable still runs the portable backends.
 * @param setting the setting `vitals.node`; its default is "node"
 */
export function chooseNode(
  setting: string,
  path: string = process.env["PATH"] ?? "",
  own: string = process.execPath,
): NodeProgram {
  if (setting !== "node" || isOnPath("node", path)) return { path: setting, env: {} };
  return { path: own, env: { ELECTRON_RUN_AS_NODE: "1" } };
}

function isOnPath(program: string, path: string): boolean {
  const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  return path
    .split(delimiter)
    .some((folder) => folder !== "" && names.some((name) => existsSync(join(folder, name))));
}
