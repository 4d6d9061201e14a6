/** Copies of TensorFlow for Node.js that do not work, as fake packages. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { tryAddon } from "../../../trainer/backends/addon.ts";
import { startNative } from "../../../trainer/backends/native.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vitals-addon-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Puts a package of this code into the root. @returns its folder */
function put(name: string, code: string): string {
  const folder = join(root, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, main: "index.js" }));
  writeFileSync(join(folder, "index.js"), code);
  return folder;
}

/** A package that computes, as far as the rehearsal sees. @param log what its library says on the way */
const working = (gpu: boolean, log = "", sum = 17496) => `
  process.stderr.write(${JSON.stringify(log)});
  const tensor = { reshape: () => tensor, matMul: () => tensor, sum: () => tensor, dataSync: () => [${sum}] };
  const backend = { isUsingGpuDevice: ${gpu}, binding: { TF_Version: "2.9.1" } };
  module.exports = { ones: () => tensor, conv2d: () => tensor, backend: () => backend };
`;

it("tells a copy that was installed without its library", async () => {
  const code = `throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: x. \\nPlease run");`;
  await expect(tryAddon(put("@tensorflow/tfjs-node", code), false)).rejects.toThrow(
    /^its native library was not downloaded or built$/,
  );
});

it("tells why the library of a copy does not load", async () => {
  const code = `throw new Error("libtensorflow.so.2: cannot open shared object file: No such file or directory");`;
  await expect(tryAddon(put("@tensorflow/tfjs-node", code), false)).rejects.toThrow(
    /^libtensorflow.so.2: cannot open shared object file: No such file or directory$/,
  );
});

it("tells a copy that aborts, and is not taken along", async () => {
  const folder = put("@tensorflow/tfjs-node", "process.abort();");
  await expect(tryAddon(folder, false)).rejects.toThrow(/^it crashed with SIGABRT$/);
});

it("tells a copy that computes wrongly", async () => {
  const folder = put("@tensorflow/tfjs-node", working(false, "", 17495));
  await expect(tryAddon(folder, false)).rejects.toThrow(/^it computes 17495 where 17496 is right$/);
});

it("offers the function that Node.js 23 dropped to the copy that still calls it", async () => {
  const code = `if (!require("util").isNullOrUndefined(null)) throw new Error("no"); ${working(false)}`;
  const addon = await tryAddon(put("@tensorflow/tfjs-node", code), false);
  expect(addon).toEqual({ version: "2.9.1", gpu: null });
});

it("names the GPU by the library's log", async () => {
  const log =
    "I0000 00:00:1795 77 gpu_device.cc:2020] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 139000 MB memory:  -> device: 0, name: NVIDIA H200, pci bus id: 0000:18:00.0, compute capability: 9.0\n";
  const folder = put("@tensorflow/tfjs-node-gpu", working(true, log));
  expect(await tryAddon(folder, true)).toEqual({ version: "2.9.1", gpu: "NVIDIA H200" });
});

it.each([
  [
    "a library of today",
    "E0000 00:00:1795230148.356984   24375 cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error\n",
    "failed call to cuInit: INTERNAL: CUDA error",
  ],
  [
    "a library of 2022",
    "2022-05-01 10:00:00.000000: I tensorflow/core/platform/cpu_feature_guard.cc:193] This TensorFlow binary\n2022-05-01 10:00:00.123456: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open\n",
    "Could not load dynamic library 'libcudart.so.11.0'",
  ],
])("refuses %s that falls back to the CPU, with the reason from its log", async (_, log, why) => {
  const folder = put("@tensorflow/tfjs-node-gpu", working(false, log));
  await expect(tryAddon(folder, true)).rejects.toThrow(`it found no GPU that it can use (${why})`);
});

it("refuses a copy that falls back to the CPU without a word", async () => {
  const folder = put("@tensorflow/tfjs-node-gpu", working(false));
  await expect(tryAddon(folder, true)).rejects.toThrow(/^it found no GPU that it can use$/);
});

it("says that a package is absent, and which", async () => {
  await expect(startNative("native", root)).rejects.toThrow(
    /^@tensorflow\/tfjs-node is not installed$/,
  );
});

it("says which copy does not work, and why", async () => {
  const folder = put("@tensorflow/tfjs-node", "throw new Error('no luck');");
  await expect(startNative("native", root)).rejects.toThrow(`${folder} does not work: no luck`);
});
