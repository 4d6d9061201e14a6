/** The browser of the page tests: the one that the machine has. */
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../tools/workbench/chromium.mjs";
import { CHROMIUM_FLAGS } from "../helpers/chromiumFlags.mjs";

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS });
}
