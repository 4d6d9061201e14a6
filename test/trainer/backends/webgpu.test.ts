import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { describeAdapter } from "../../../trainer/backends/webgpu/device.ts";
import { Gpu } from "../../../trainer/backends/webgpu/gpu.ts";
import { startWebgpu } from "../../../trainer/backends/webgpu.ts";
import {
  offerSoftware,
  PACKAGE,
  SOFTWARE_GPU,
  startSoftwareGpu,
  whyNoWebgpu,
} from "./softwareGpu.ts";

const folder = mkdtempSync(join(tmpdir(), "vitals-webgpu-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A package `webgpu` with this code. */
function fake(name: string, code: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  writeFileSync(join(place, "index.js"), code);
  return place;
}

describe("says in a clause why it cannot start", () => {
  it.each<[name: string, reason: RegExp, code: string]>([
    [
      "too old a system",
      /^the package webgpu needs glibc 2\.34 or later/,
      'throw new Error("/lib/libc.so.6: version `GLIBC_2.34\' not found (required by dawn.node)");',
    ],
    [
      "no build of the package for this machine",
      /^the package webgpu in .+ does not load: Cannot find module 'dawn\.node'$/,
      "throw new Error(\"Cannot find module 'dawn.node'\\nRequire stack: …\");",
    ],
    [
      "no adapter",
      /^no GPU was found by Vulkan, Metal or Direct3D 12$/,
      "export const globals = {}; export const create = () => ({ requestAdapter: async () => null });",
    ],
    [
      "an adapter that is software",
      /^no GPU was found, only llvmpipe \(mesa, Mesa 25\), which is software$/,
      `export const globals = {};
       const info = { vendor: "mesa", architecture: "", device: "llvmpipe", description: "Mesa 25" };
       export const create = () => ({ requestAdapter: async () => ({ info }) });`,
    ],
  ])("%s", async (name, reason, code) => {
    await expect(startWebgpu([fake(name, code)], false)).rejects.toThrow(reason);
  });

  it("no package", async () => {
    await expect(startWebgpu([], true)).rejects.toThrow("the package webgpu is not installed");
  });
});

it.each([
  [
    "nvidia-h200 (nvidia hopper, NVIDIA: 550.54)",
    "nvidia",
    "hopper",
    "nvidia-h200",
    "NVIDIA: 550.54",
  ],
  ["nvidia hopper, NVIDIA: 550.54", "nvidia", "hopper", "0x2335", "NVIDIA: 550.54"],
  ["apple-m1 (apple metal-3)", "apple", "metal-3", "apple-m1", ""],
  ["a GPU without a name", "", "", "", ""],
])("names the GPU: %s", (name, vendor, architecture, device, description) => {
  expect(describeAdapter({ vendor, architecture, device, description })).toBe(name);
});

it("trains no further on a GPU that was lost", async () => {
  const lost = Promise.resolve({ reason: "unknown", message: "Device hung\nIn vkQueueSubmit" });
  const device = { lost, addEventListener: () => {} };
  const gpu = new Gpu({ device } as unknown as WebGPUBackend);
  gpu.assertSound();
  await lost;
  expect(() => gpu.assertSound()).toThrow(/^The GPU was lost: Device hung\.$/);
});

describe.skipIf(whyNoWebgpu)(`on WebGPU${whyNoWebgpu ? `, not run: ${whyNoWebgpu}` : ""}`, () => {
  it("takes a software adapter only if it may", async () => {
    offerSoftware();
    await expect(startWebgpu([PACKAGE], false)).rejects.toThrow(/only .*swiftshader.*is software/i);
  });

  it("takes the first copy of the package that gives a device, and no other later", async () => {
    const broken = fake("broken", "throw new Error('broken');");
    offerSoftware();
    const backend = await startWebgpu([broken, PACKAGE], true);
    expect(backend).toMatchObject({
      name: "webgpu",
      device: expect.stringMatching(/swiftshader/i),
    });
    expect(tf.getBackend()).toBe("webgpu");
    expect(await startSoftwareGpu()).toBe(backend);
  });

  it("trains no further after a command that the GPU refused", async () => {
    const { gpu } = await startSoftwareGpu();
    const x = gpu.bufferOf(tf.ones([4]));
    expect(new Float32Array(await gpu.read(x))).toEqual(Float32Array.of(1, 1, 1, 1));
    gpu.dispatch("@compute @workgroup_size(1) fn main() { wrong(); }", [x], 1);
    await expect(gpu.read(x)).rejects.toThrow(/^The GPU refused a command: .*\.$/);
    // For good: what was computed since cannot be trusted.
    await expect(gpu.read(x)).rejects.toThrow(/^The GPU refused a command/);
    expect(() => gpu.assertSound()).toThrow(/^The GPU refused a command/);
  });

  it("says how to go on where memory is short", async () => {
    await startSoftwareGpu();
    const gpu = new Gpu(tf.backend() as WebGPUBackend);
    const error = new GPUOutOfMemoryError("vkAllocateMemory failed");
    gpu.device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
    expect(() => gpu.assertSound()).toThrow(/^The GPU has no memory left: make batchSize/);
  });

  it("works in a bundle, and lets the process end by itself", async () => {
    const outfile = join(folder, "bundle.cjs");
    const contents = `
      import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
      import { Gpu } from "../../../trainer/backends/webgpu/gpu.ts";
import { startWebgpu } from "./trainer/backends/webgpu.ts";
      startWebgpu([${JSON.stringify(PACKAGE)}], true).then(async ({ gpu }) => {
        const product = tf.matMul(tf.ones([40, 50]), tf.ones([50, 30]));
        console.log(new Float32Array(await gpu.read(gpu.bufferOf(product)))[0]);
      });`;
    const stdin = { contents, resolveDir: resolve("."), loader: "ts" as const };
    await build({
      stdin,
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile,
      logLevel: "error",
    });
    const env = { ...process.env, ...SOFTWARE_GPU };
    const ended = await promisify(execFile)(process.execPath, [outfile], { env, timeout: 60_000 });
    expect(ended.stdout.trim()).toBe("50");
  });
});
