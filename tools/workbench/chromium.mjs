import { spawn } from "node:child_process";
import { onPath } from "./on-path.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL_IT = "install the package `chromium` or Google Chrome, and try again";

/**
 * The path of the machine's Chromium or Chrome. Where there is none and `install` is true, the
 * system's package manager is asked for it, if this user may: Playwright's own browsers come from
 * outside the package registries and are not used.
 * @param {{install?: boolean, log?: ((line: string) => void) | undefined}} [options]
 * @returns {Promise<string>}
 */
export async function findChromium({ install = false, log = () => {} } = {}) {
  const found = onPath(NAMES);
  if (found) return found;
  if (!install) throw new Error(`There is no Chromium on the PATH: ${INSTALL_IT}.`);

  const apt = onPath(["apt-get"]);
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const allowed = sudo.length === 0 || (onPath(["sudo"]) && (await runs(["sudo", "-n", "true"])));
  if (!apt || !allowed) {
    throw new Error(
      `There is no Chromium on the PATH and no right to install one with apt-get: ${INSTALL_IT}.`,
    );
  }
  log("Installing chromium with apt-get ...");
  const aptGet = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", apt];
  // A list that cannot be refreshed in every part may still hold the package: the install decides.
  await runs([...aptGet, "update"]);
  await runs([...aptGet, "install", "-y", "chromium"]);
  const installed = onPath(NAMES);
  if (installed) return installed;
  throw new Error(`apt-get could not install Chromium: ${INSTALL_IT}.`);
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
