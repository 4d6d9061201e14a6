import { expect, it } from "vitest";
import { offersFor } from "../../../../runs/setup/kinds.ts";

const gpus = [{ name: "NVIDIA H200", capability: 9 }];
const kinds = (...machine: Parameters<typeof offersFor>) =>
  offersFor(...machine).map(({ kind }) => kind);

it("is CUDA first where NVIDIA's driver names a GPU", () => {
  expect(kinds({ platform: "linux", arch: "x64", gpus })).toEqual(["cuda", "webgpu", "native"]);
  expect(offersFor({ platform: "linux", arch: "x64", gpus })[0]?.title).toBe("CUDA on NVIDIA H200");
});

it("is no CUDA without such a GPU, nor where the package has no binding for the processor", () => {
  expect(kinds({ platform: "win32", arch: "x64", gpus: [] })).toEqual(["webgpu", "native"]);
  expect(kinds({ platform: "linux", arch: "arm64", gpus })).toEqual(["webgpu", "native"]);
});

it("names the driver that WebGPU needs", () => {
  const reason = (platform: NodeJS.Platform) =>
    offersFor({ platform, arch: "arm64", gpus: [] })[0]?.reason;
  expect(reason("darwin")).toContain("Metal");
  expect(reason("win32")).toContain("Direct3D 12");
  expect(reason("linux")).toContain("Vulkan");
});
