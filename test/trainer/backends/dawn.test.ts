/** Copies of Dawn that would end the process, as fake packages. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { locateDawn } from "../../../trainer/backends/dawn.ts";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "vitals-dawn-")));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Puts a package of this code below the root. @returns its folder */
function put(place: string, code: string): string {
  const folder = join(root, place, "node_modules", "webgpu");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "webgpu", type: "module" }));
  writeFileSync(join(folder, "index.js"), code);
  return folder;
}

it("passes over a copy that crashes when it opens a device", async () => {
  const crashing = put(
    "project/near",
    "export const create = () => ({ requestAdapter: () => process.abort() })",
  );
  const device = "{ requestDevice: async () => ({}) }";
  const sound = put(
    "project",
    `export const create = () => ({ requestAdapter: async () => (${device}) })`,
  );
  const located = await locateDawn(join(root, "project", "near"));
  expect(located).not.toContain(crashing);
  expect(located[0]).toBe(sound);
});

it("leaves a copy that fails in order to whoever opens it in earnest", async () => {
  const failing = put("project", "throw new Error('needs another glibc')");
  expect((await locateDawn(join(root, "project")))[0]).toBe(failing);
});
