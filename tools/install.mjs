/** Brings `node_modules` up to the lock file. Uses nothing but Node, for it runs before anything is installed. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const INSTALLED = "node_modules/.package-lock.json";

/** @throws when npm fails; its own output has said why */
export function installDependencies() {
  const fresh =
    existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync("package-lock.json").mtimeMs;
  if (!fresh) run("npm", ["ci"]);
}

/** Runs a command with the terminal's own output. @throws where it fails */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error || status !== 0) {
    throw new Error(
      `\`${command} ${args.join(" ")}\` failed${error ? `: ${error.message}` : ` with status ${status}`}.`,
    );
  }
}
