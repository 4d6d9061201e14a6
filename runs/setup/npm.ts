/** The npm that came with the Node.js that trains. */
import { existsSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { type CommandOptions, runCommand } from "./command.ts";

/** A program, and what its environment needs on top of ours. */
export interface NodeProgram {
  path: string;
  env: Record<string, string>;
}

/**
 * @returns what npm printed on its standard output
 * @throws {Error} one sentence, as `runCommand` does
 */
export async function runNpm(
  node: NodeProgram,
  args: string[],
  options: CommandOptions,
): Promise<string> {
  const env = {
    ...options.env,
    // npm starts by the name of `node`, and so do the scripts that it runs.
    ...(isAbsolute(node.path) && {
      PATH: [dirname(node.path), process.env["PATH"] ?? ""].join(delimiter),
    }),
  };
  const [program, ...before] = await npmCommand(node);
  try {
    return await runCommand(program, [...before, ...args], { ...options, env });
  } catch (error) {
    if (!(error as Error).message.includes("was not found")) throw error;
    throw new Error(
      'npm was not found: install Node.js 20 or later, which brings it, or set "vitals.node" to its path.',
    );
  }
}

/** On Windows npm is a script for a shell; what the script calls is called without one. */
async function npmCommand(node: NodeProgram): Promise<[string, ...string[]]> {
  if (process.platform !== "win32") return ["npm"];
  const path = await executableOf(node);
  const script = join(dirname(path), "node_modules", "npm", "bin", "npm-cli.js");
  return existsSync(script) ? [path, script] : ["npm"];
}

/** Where a Node.js that may be only a name on the `PATH` really is. */
export async function executableOf(node: NodeProgram): Promise<string> {
  const options = { seconds: 10, env: node.env };
  return (await runCommand(node.path, ["-p", "process.execPath"], options)).trim();
}
