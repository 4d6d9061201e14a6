/** What GPU training could use on this machine. */
import { runCommand } from "./command.ts";

export interface Gpu {
  name: string;
  /** NVIDIA's compute capability, e.g. 8.6. */
  capability: number;
}

export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
  /** NVIDIA's only; the others are WebGPU's business. */
  gpus: readonly Gpu[];
}

const TIME_OUT_SECONDS = 10;

/** Asks NVIDIA's driver; without one there is no NVIDIA GPU to use. */
export async function inspectMachine(): Promise<Machine> {
  const { platform, arch } = process;
  const query = ["--query-gpu=name,compute_cap", "--format=csv,noheader"];
  const answer = await runCommand("nvidia-smi", query, { seconds: TIME_OUT_SECONDS }).catch(
    () => "",
  );
  return { platform, arch, gpus: parseGpus(answer) };
}

/** @param answer a line a GPU: `NVIDIA H200, 9.0` */
export function parseGpus(answer: string): Gpu[] {
  return answer.split("\n").flatMap((line) => {
    const [, name, capability] = /^(.+), (\d+\.\d+)\s*$/.exec(line) ?? [];
    return name ? [{ name, capability: Number(capability) }] : [];
  });
}
