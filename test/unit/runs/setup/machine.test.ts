import { expect, it } from "vitest";
import { parseGpus } from "../../../../runs/setup/machine.ts";

it("reads what nvidia-smi prints, a line a GPU", () => {
  expect(parseGpus("NVIDIA H200, 9.0\nNVIDIA GeForce RTX 3060, 8.6\n")).toEqual([
    { name: "NVIDIA H200", capability: 9 },
    { name: "NVIDIA GeForce RTX 3060", capability: 8.6 },
  ]);
  expect(parseGpus("NVIDIA-SMI has failed because it couldn't communicate")).toEqual([]);
});
