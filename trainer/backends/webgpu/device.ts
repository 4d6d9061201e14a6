/** Finds a GPU through Dawn for Node, the npm package `webgpu`. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface OpenDevice {
  /** What makes devices, and must outlive them. */
  gpu: GPU;
  device: GPUDevice;
  adapter: AdapterInfo;
}

/** As Dawn fills it in; the types that TensorFlow.js brings are older. */
export interface AdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  isFallbackAdapter: boolean;
}

interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}

/** Of the adapter's limits, those that TensorFlow.js's shaders and ours count on. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupsPerDimension",
] as const;

/**
 * @param folder of the package `webgpu`, absolute
 * @param software whether an adapter that computes on the processor will do
 * @throws {Error} why there is no device, as a clause
 */
export async function openDevice(folder: string, software: boolean): Promise<OpenDevice> {
  const { create, globals } = await load(folder);
  // TensorFlow.js asks for GPUBufferUsage and its like by name.
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const found = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!found) throw new Error("no GPU was found by Vulkan, Metal or Direct3D 12");
  const { info: adapter } = found as unknown as { info: AdapterInfo };
  if (isSoftware(adapter) && !software) {
    throw new Error(`no GPU was found, only ${describeAdapter(adapter)}, which is software`);
  }
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, found.limits[name]]));
  return { gpu, device: await found.requestDevice({ requiredLimits }), adapter };
}

/** e.g. "nvidia-h200 (nvidia hopper, NVIDIA: 550.54)"; makers fill in more or less of it. */
export function describeAdapter({
  vendor,
  architecture,
  device,
  description,
}: Omit<AdapterInfo, "isFallbackAdapter">): string {
  const parts = [[vendor, architecture].filter(Boolean).join(" "), description].filter(Boolean);
  // Some give a number in place of the name.
  if (device && !/^0x/.test(device))
    return parts.length > 0 ? `${device} (${parts.join(", ")})` : device;
  return parts.join(", ") || "a GPU without a name";
}

/** By its word, or by its name: SwiftShader, Mesa's lavapipe, Windows' WARP. */
function isSoftware(adapter: AdapterInfo): boolean {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter;
  const words = [vendor, architecture, device, description].join(" ");
  return isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(words);
}

async function load(folder: string): Promise<Dawn> {
  try {
    return await import(/* @vite-ignore */ pathToFileURL(join(folder, "index.js")).href);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      message.includes("GLIBC_")
        ? "the package webgpu needs glibc 2.34 or later (Debian 12, Ubuntu 22.04)"
        : `the package webgpu in ${folder} does not load: ${message.split("\n")[0]!}`,
    );
  }
}
