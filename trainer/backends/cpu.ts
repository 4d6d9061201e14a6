/** Plain JavaScript: slow, always there. */
import { cpus } from "node:os";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, onHost } from "./backend.ts";
import { keepNaNInMaxPool } from "./cpuKernels.ts";

let complete = false;

export async function startCpu(): Promise<Backend> {
  if (!complete) keepNaNInMaxPool();
  complete = true;
  await tf.setBackend("cpu");
  const cpu = tf.backend();
  if (!(cpu instanceof MathBackendCPU)) throw new Error("The cpu backend could not be started.");
  return {
    name: "cpu",
    device: `${cpus()[0]?.model.trim() ?? "processor"}, JavaScript`,
    ...onHost(({ dataId }) => cpu.readSync(dataId) as Float32Array),
  };
}
