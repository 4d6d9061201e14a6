import { spawn } from "node:child_process";
import { onPath } from "./workbench/on-path.mjs";

/**
 * Asks Debian's package manager for a package, if this user may.
 * @param {string} name
 * @param {(line: string) => void} log
 * @returns {Promise<boolean>} whether it was asked; what came of it the caller sees
 */
export async function aptInstall(name, log) {
  const apt = onPath(["apt-get"]);
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const allowed = sudo.length === 0 || (onPath(["sudo"]) && (await runs(["sudo", "-n", "true"])));
  if (!apt || !allowed) return false;
  log(`Installing ${name} with apt-get ...`);
  const aptGet = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", apt];
  // A list that cannot be refreshed in every part may still hold the package: the install decides.
  await runs([...aptGet, "update"]);
  await runs([...aptGet, "install", "-y", name]);
  return true;
}

/**
 * @param {string[]} command
 * @returns {Promise<boolean>} whether the command ended well
 */
function runs([program = "", ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (status) => resolve(status === 0));
  });
}
