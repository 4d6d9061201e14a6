/** WebAssembly with SIMD: the default, on every machine. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join, sep } from "node:path";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, onHost } from "./backend.ts";
import { completeWasm } from "./kernels/index.ts";

export async function startWasm(): Promise<Backend> {
  if (tf.getBackend() !== "wasm") {
    setWasmPaths(wasmFolder() + sep);
    await keepingListeners(async () => {
      if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly could not be started.");
    });
    completeWasm();
  }
  const wasm = tf.backend() as BackendWasm;
  return {
    name: "wasm",
    device: `${cpus()[0]?.model.trim() ?? "processor"}, WebAssembly`,
    ...onHost(
      ({ dataId, shape }) =>
        wasm.typedArrayFromHeap({ dataId, shape, dtype: "float32" }) as Float32Array,
    ),
  };
}

/** Beside the bundle, or in the package where the trainer runs from source (an ES module there, at the root). */
function wasmFolder(): string {
  const here = typeof __dirname === "string" ? __dirname : process.cwd();
  if (existsSync(join(here, "tfjs-backend-wasm-simd.wasm"))) return here;
  const require = createRequire(join(here, "trainer.cjs"));
  return join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "wasm-out");
}

/** The module's glue leaves process-wide listeners behind that would turn every error into its own. */
async function keepingListeners(work: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as never)));
  await work();
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as never) as (() => void)[]) {
      if (!before[i]!.has(listener)) process.removeListener(event, listener);
    }
  });
}
