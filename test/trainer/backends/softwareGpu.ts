/** WebGPU on the processor, for machines without a GPU. */
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";
import { startWebgpu, type WebgpuBackend } from "../../../trainer/backends/webgpu.ts";

/** Chromium brings a Vulkan loader and SwiftShader, a Vulkan driver without a GPU. */
const CHROMIUM = "/usr/lib/chromium";
const LOADER = `${CHROMIUM}/libvulkan.so.1`;
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`;
const KEEP_LOADED = 0x1000;

export const PACKAGE = resolve("node_modules/webgpu");

/** Null where it can run; else why not, for a skipped test's name. */
export const whyNoWebgpu: string | null = !existsSync(PACKAGE)
  ? "the package webgpu is not installed"
  : process.env["VK_ICD_FILENAMES"] || existsSync(DRIVER)
    ? null
    : "there is no software driver for Vulkan";

/** What a subprocess needs in its environment to find the software driver. */
export const SOFTWARE_GPU = { LD_LIBRARY_PATH: CHROMIUM, VK_ICD_FILENAMES: DRIVER };

export function startSoftwareGpu(): Promise<WebgpuBackend> {
  offerSoftware();
  return startWebgpu([PACKAGE], true);
}

/** Lets Dawn find the software driver in this process. */
export function offerSoftware(): void {
  process.env["VK_ICD_FILENAMES"] ??= DRIVER;
  try {
    // Too late for LD_LIBRARY_PATH; but a library that is loaded already is found by its name. It is no module of
    // Node.js, which complains after loading it.
    process.dlopen({ exports: {} }, LOADER, constants.dlopen.RTLD_LAZY | KEEP_LOADED);
  } catch {}
}
