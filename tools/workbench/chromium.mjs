import { aptInstall } from "../apt.mjs";
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

  if (!(await aptInstall("chromium", log))) {
    throw new Error(
      `There is no Chromium on the PATH and no right to install one with apt-get: ${INSTALL_IT}.`,
    );
  }
  const installed = onPath(NAMES);
  if (installed) return installed;
  throw new Error(`apt-get could not install Chromium: ${INSTALL_IT}.`);
}
