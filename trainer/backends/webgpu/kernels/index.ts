/** What TensorFlow.js's WebGPU backend gets wrong. A kernel: one file and one line here. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { Gpu } from "../gpu.ts";
import { supplyElementwise } from "./elementwise.ts";
import { supplyMatmul } from "./matmul.ts";
import { supplyMaxPool } from "./maxPool.ts";

export function correctWebgpu(gpu: Gpu, backend: WebGPUBackend): void {
  supplyElementwise(gpu);
  supplyMatmul(backend);
  supplyMaxPool(gpu);
}
