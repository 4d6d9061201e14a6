/** Matrix products whose sums come out the same each time. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Call, replaceKernel } from "./kernel.ts";

type Product = Call<Record<"a" | "b", tf.TensorInfo>, { transposeA: boolean; transposeB: boolean }>;

const PROGRAM = "WEBGPU_MATMUL_PROGRAM_TYPE";
const AUTOMATIC = -1;
/** Small tiles, one thread a sum. */
const SMALL_TILES = 2;

/**
 * For long sums and small results TensorFlow.js lets workgroups add to one number in whatever order they come: the same
 * seed would not give the same run. Those products get the next best program.
 */
export function supplyMatmul(backend: WebGPUBackend): void {
  for (const name of [tf.BatchMatMul, tf._FusedMatMul]) {
    replaceKernel<Product["inputs"], Product["attrs"]>(name, (stock) => (call) => {
      tf.env().set(PROGRAM, splits(call, backend) ? SMALL_TILES : AUTOMATIC);
      // The stock kernel reads more of the call than is declared here.
      const result = stock(call);
      tf.env().set(PROGRAM, AUTOMATIC);
      return result;
    });
  }
}

/** Whether TensorFlow.js would choose `MatMulSplitKProgram`. */
function splits({ inputs: { a, b }, attrs }: Product, backend: WebGPUBackend): boolean {
  const [rows, length] = attrs.transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : a.shape.slice(-2);
  const columns = attrs.transposeB ? b.shape.at(-2)! : b.shape.at(-1)!;
  const alone = [a, b].every(({ shape }) => tf.util.sizeFromShape(shape.slice(0, -2)) === 1);
  const tiles = Math.ceil(rows! / 32) * Math.ceil(columns / 32);
  const few = backend.thresholdToIncreaseWorkgroups * (rows! <= 8 ? 2 : 1);
  return alone && length! >= 2000 && tiles <= few && rows! * columns > 128;
}
