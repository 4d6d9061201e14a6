/** WebGPU by Dawn for Node: Vulkan, Metal or Direct3D 12. */
import * as tf from "@tensorflow/tfjs-core";
import type { Backend } from "./backend.ts";
import { describeAdapter, type OpenDevice, openDevice } from "./webgpu/device.ts";
import { WebgpuExecutor } from "./webgpu/executor.ts";
import { Gpu } from "./webgpu/gpu.ts";
import { correctWebgpu } from "./webgpu/kernels/index.ts";

export interface WebgpuBackend extends Backend {
  name: "webgpu";
  gpu: Gpu;
}

let started: WebgpuBackend | undefined;

/**
 * @param folders of copies of the package `webgpu`, absolute; the first that gives a device is used
 * @param software whether an adapter that computes on the processor will do
 * @throws {Error} why it could not start, as a clause
 */
export async function startWebgpu(folders: string[], software: boolean): Promise<WebgpuBackend> {
  started ??= await start(await firstDevice(folders, software));
  await tf.setBackend("webgpu");
  return started;
}

async function firstDevice(folders: string[], software: boolean): Promise<OpenDevice> {
  let reason: unknown = new Error("the package webgpu is not installed");
  for (const folder of folders) {
    try {
      return await openDevice(folder, software);
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

async function start({ gpu, device, adapter }: OpenDevice): Promise<WebgpuBackend> {
  // Before it finds `navigator.gpu`: it would then open a device of its own, with limits of its own.
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  // Node.js has a navigator since version 21.
  const scope = globalThis as { navigator?: object };
  scope.navigator ??= {};
  Object.defineProperty(scope.navigator, "gpu", { value: gpu, configurable: true });
  const info = adapter as unknown as GPUAdapterInfo;
  const backend = new WebGPUBackend(device, info);
  tf.registerBackend("webgpu", () => backend);
  const queue = new Gpu(backend);
  correctWebgpu(queue, backend);
  return {
    name: "webgpu",
    device: describeAdapter(adapter),
    gpu: queue,
    execute: (network, optimizer) => new WebgpuExecutor(queue, network, optimizer),
  };
}
