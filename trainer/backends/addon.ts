/** Tries a copy of TensorFlow for Node.js, before it is let into our process. */
import { rehearse } from "./rehearse.ts";

/** A copy that computes. */
export interface Addon {
  /** Of the TensorFlow library, not of the package. */
  version: string;
  /** The GPU that it computes on, by its maker's name; null where it computes on the CPU. */
  gpu: string | null;
}

/** What the library must find in the environment when it is loaded. */
export const ADDON_ENVIRONMENT = {
  /** Errors only: below, it tells of each CPU instruction that it was not built for. */
  TF_CPP_MIN_LOG_LEVEL: "2",
  /** Without it the first training takes all memory of the GPU, and the second finds none. */
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
  /** The same seed gives the same run. */
  TF_DETERMINISTIC_OPS: "1",
  /** Products in 32 bits, as on every other backend: NVIDIA's libraries would round the factors to 19 bits. */
  NVIDIA_TF32_OVERRIDE: "0",
};

/** At its most talkative: the log names the GPU, or says why there is none. */
const TALKATIVE = { ...ADDON_ENVIRONMENT, TF_CPP_MIN_LOG_LEVEL: "0" };

/** A convolution and a matrix product: they load what a GPU needs last (cuDNN, cuBLAS). */
const REHEARSAL = `
  Object.assign(require("node:util"), { isNullOrUndefined: (value) => value == null });
  const tf = require(process.argv[1]);
  const x = tf.conv2d(tf.ones([1, 8, 8, 1]), tf.ones([3, 3, 1, 1]), 1, "valid").reshape([6, 6]);
  const sum = x.matMul(x).sum().dataSync()[0];
  if (sum !== 17496) throw new Error("it computes " + sum + " where 17496 is right");
  const { binding, isUsingGpuDevice: gpu } = tf.backend();
  process.stdout.write("\\n" + JSON.stringify({ version: binding.TF_Version, gpu }));
`;

/**
 * @param folder of the package, absolute
 * @param needsGpu refuses a copy that falls back to the CPU, as they do without a word
 * @throws {Error} why it does not compute, as a clause
 */
export async function tryAddon(folder: string, needsGpu: boolean): Promise<Addon> {
  const { stdout, stderr } = await rehearse(REHEARSAL, folder, TALKATIVE).catch(
    ({ message }: Error) => {
      const noBinding = message.includes("(tfjs_binding.node) can not be found");
      throw new Error(noBinding ? "its native library was not downloaded or built" : message);
    },
  );
  const { version, gpu } = JSON.parse(stdout.slice(stdout.lastIndexOf("\n")));
  if (needsGpu && !gpu) throw new Error(`it found no GPU that it can use${whyNoGpu(stderr)}`);
  return { version, gpu: gpu ? nameOfGpu(stderr) : null };
}

/** The first warning or error in the library's log, in brackets; "" where there is none. */
function whyNoGpu(log: string): string {
  const message = /^(?:[WE]\d{4} |.*?: [WE] ).*?\.cc:\d+\] (.*)$/m.exec(log)?.[1];
  return message ? ` (${message.split(/; dlerror|\. /)[0]!.replace(/\.$/, "")})` : "";
}

function nameOfGpu(log: string): string {
  return /-> device: 0, name: ([^,]+),/.exec(log)?.[1] ?? "NVIDIA GPU";
}
