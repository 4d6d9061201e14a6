/** A GPU that a run on the processor leaves alone. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend } from "./backend.ts";

/** Where NVIDIA's driver for Linux describes each of its GPUs; elsewhere asking would take a process of its own. */
const DRIVER = "/proc/driver/nvidia/gpus";

/** @returns its name, e.g. `NVIDIA H200`; undefined where a GPU computes, or none is seen without asking */
export function idleGpu({ name }: Pick<Backend, "name">, driver = DRIVER): string | undefined {
  if (name === "cuda" || name === "webgpu") return undefined;
  try {
    const [first] = readdirSync(driver);
    const about = readFileSync(join(driver, first!, "information"), "utf8");
    return /^Model:\s*(.+?)\s*$/m.exec(about)?.[1];
  } catch {
    return undefined;
  }
}
