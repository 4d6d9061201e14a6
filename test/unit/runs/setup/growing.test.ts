import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { whileGrowing } from "../../../../runs/setup/growing.ts";

const scratch = mkdtempSync(join(tmpdir(), "vitals-growing-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const never = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
const unsignalled = new AbortController().signal;

it("ends where nothing arrives", async () => {
  const stalled = whileGrowing(scratch, 1, unsignalled, () => {}, never);
  await expect(stalled).rejects.toThrow(/^nothing arrived for 1 seconds$/);
});

it("goes on for as long as something does, and its size is heard", async () => {
  const sizes: number[] = [];
  const file = join(scratch, "arriving");
  const arriving = async (signal: AbortSignal) => {
    for (let kilobytes = 1; kilobytes <= 15; kilobytes++) {
      signal.throwIfAborted();
      writeFileSync(file, "x".repeat(1000 * kilobytes));
      await new Promise((done) => setTimeout(done, 200));
    }
    return "whole";
  };
  const whole = whileGrowing(scratch, 1, unsignalled, (bytes) => sizes.push(bytes), arriving);
  expect(await whole).toBe("whole");
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
});

it("ends for the user's reason", async () => {
  const cancelled = AbortSignal.abort(new Error("no more"));
  const work = whileGrowing(
    scratch,
    60,
    cancelled,
    () => {},
    async (signal) => signal.throwIfAborted(),
  );
  await expect(work).rejects.toThrow("no more");
});
