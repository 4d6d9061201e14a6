import { expect, it } from "vitest";
import { backendsEnvironment } from "../../../../runs/setup/folders.ts";

it("are told to the trainer one a kind, as in PATH", () => {
  expect(backendsEnvironment("/s").VITALS_BACKENDS).toBe("/s/cuda:/s/webgpu:/s/native");
});
