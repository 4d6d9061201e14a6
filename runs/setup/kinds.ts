/** The backends that can be set up, and which of them suit a machine. */
import type { Gpu, Machine } from "./machine.ts";

/** By the name that `--backend` takes. */
export type Kind = "cuda" | "webgpu" | "native";

/** The fastest first. */
export const KINDS: readonly Kind[] = ["cuda", "webgpu", "native"];

export const PACKAGES: Record<Kind, { name: string; range: string }> = {
  cuda: { name: "@tensorflow/tfjs-node-gpu", range: "^4.22.0" },
  webgpu: { name: "webgpu", range: "^0.6.2" },
  native: { name: "@tensorflow/tfjs-node", range: "^4.22.0" },
};

export interface Offer {
  kind: Kind;
  title: string;
  /** One sentence: for whom it is, and what it takes. */
  reason: string;
}

/** What can be set up on a machine; the first is the one to take. */
export function offersFor({ platform, arch, gpus }: Machine): Offer[] {
  const offers: Offer[] = [];
  if (gpus[0] && arch === "x64" && platform !== "darwin") offers.push(cuda(gpus[0]));
  offers.push(webgpu(platform), NATIVE);
  return offers;
}

function cuda({ name }: Gpu): Offer {
  return {
    kind: "cuda",
    title: `CUDA on ${name}`,
    reason: "TensorFlow's own library on an NVIDIA GPU; needs CUDA and cuDNN, 1 GB to download.",
  };
}

function webgpu(platform: NodeJS.Platform): Offer {
  const driver = { darwin: "Metal", win32: "Direct3D 12" }[platform as string] ?? "Vulkan";
  return {
    kind: "webgpu",
    title: "WebGPU",
    reason: `Any GPU with a ${driver} driver; 130 MB to download.`,
  };
}

const NATIVE: Offer = {
  kind: "native",
  title: "Native TensorFlow on the CPU",
  reason: "No GPU needed; 150 MB to download.",
};
