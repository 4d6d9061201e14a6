import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { gypArguments } from "../../../../runs/setup/binding.ts";

const scratch = mkdtempSync(join(tmpdir(), "vitals-binding-"));
afterAll(() => rmSync(scratch, { recursive: true }));

it("asks of node-gyp what node-pre-gyp would", () => {
  const binary = {
    module_name: "tfjs_binding",
    module_path: "./lib/napi-v{napi_build_version}",
    napi_versions: [3, 4, 8],
  };
  writeFileSync(join(scratch, "package.json"), JSON.stringify({ binary }));
  const path = join(scratch, "lib", "napi-v8");
  const args = [
    "configure",
    "build",
    "--napi_build_version=8",
    "--module_name=tfjs_binding",
    `--module_path=${path}`,
    `--module=${join(path, "tfjs_binding.node")}`,
  ];
  expect(gypArguments(scratch, undefined)).toEqual(args);
  expect(gypArguments(scratch, "/usr")).toEqual([...args, "--nodedir=/usr"]);
});
