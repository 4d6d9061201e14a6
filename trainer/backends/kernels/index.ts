/**
 * What TensorFlow.js's WebAssembly backend lacks for training, gets wrong, or is slow at. Another kernel: one file, and one
 * line here.
 */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { supplyBatchNorm } from "./batchNorm.ts";
import { supplyConv2D } from "./conv2d.ts";
import { supplyConv2DBackpropFilter } from "./conv2dBackpropFilter.ts";
import { supplyConv2DBackpropInput } from "./conv2dBackpropInput.ts";
import { supplyIdentity } from "./identity.ts";
import { supplyMatmul } from "./matmul.ts";
import { supplyPooling } from "./pool.ts";
import { supplyRelu } from "./relu.ts";
import { supplyRows } from "./rows.ts";
import { startSimd } from "./simd/index.ts";
import { supplySum } from "./sum.ts";
import { supplyTile } from "./tile.ts";
import { supplyUnsortedSegmentSum } from "./unsortedSegmentSum.ts";

/** For the backend that is set. */
export function completeWasm(): void {
  if (tf.getKernel(tf.Conv2DBackpropFilter, "wasm")) return;
  const simd = startSimd(tf.backend() as BackendWasm);
  supplyMatmul(simd);
  supplyConv2D(simd);
  supplyConv2DBackpropFilter(simd);
  supplyConv2DBackpropInput(simd);
  supplyIdentity();
  supplyRows(simd);
  supplyBatchNorm(simd);
  supplyRelu(simd);
  supplyPooling(simd);
  supplySum(simd);
  supplyTile();
  supplyUnsortedSegmentSum();
}
