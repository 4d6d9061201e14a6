import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { idleGpu } from "../../../../trainer/backends/idle.ts";

let driver: string;
beforeAll(() => {
  driver = mkdtempSync(join(tmpdir(), "vitals-driver-"));
  mkdirSync(join(driver, "0000:65:00.0"));
  const about = "Model: \t\t NVIDIA GeForce RTX 3060\nIRQ:   \t\t 170\nBus Type: \t PCIe\n";
  writeFileSync(join(driver, "0000:65:00.0", "information"), about);
});
afterAll(() => rmSync(driver, { recursive: true }));

it("names the GPU that the driver describes, where the processor computes", () => {
  expect(idleGpu({ name: "wasm" }, driver)).toBe("NVIDIA GeForce RTX 3060");
  expect(idleGpu({ name: "cuda" }, driver)).toBeUndefined();
  expect(idleGpu({ name: "webgpu" }, driver)).toBeUndefined();
});

it("says nothing without a driver", () => {
  expect(idleGpu({ name: "cpu" }, join(driver, "none"))).toBeUndefined();
});
