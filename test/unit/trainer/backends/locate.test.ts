import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { locatePackage } from "../../../../trainer/backends/locate.ts";

const NAME = "@fake/backend";
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "vitals-locate-")));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Puts a copy of the package below `root/place`. @returns its folder */
function put(place: string, manifest = "{}"): string {
  const folder = join(root, place, "node_modules", NAME);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest);
  return folder;
}

it("finds nothing where there is nothing", () => {
  expect(locatePackage(NAME, join(root, "project"), join(root, "storage"))).toEqual([]);
});

it("takes the copy nearest to the recipe first, then those above it, then the installed ones", () => {
  const installed = [put("storage/cuda"), put("storage/native")];
  const above = put("workspace");
  const near = put("workspace/vision");
  const variable = [join(root, "storage/cuda"), join(root, "storage/native")].join(delimiter);
  const recipes = join(root, "workspace/vision/recipes");
  expect(locatePackage(NAME, recipes, variable)).toEqual([near, above, ...installed]);
});

it("finds what lies beside the trainer last", () => {
  const installed = put("storage");
  const [first, ...others] = locatePackage("esbuild", root, join(root, "storage"));
  expect(first).toBe(join(process.cwd(), "node_modules", "esbuild"));
  expect(others).toEqual([]);
  expect(installed).not.toBe(first);
});

it("passes over a folder that is no package", () => {
  mkdirSync(join(root, "workspace", "node_modules", NAME), { recursive: true });
  const installed = put("storage");
  expect(locatePackage(NAME, join(root, "workspace"), join(root, "storage"))).toEqual([installed]);
});

it("names a copy once, however many ways lead to it", () => {
  const copy = put("workspace");
  expect(locatePackage(NAME, join(root, "workspace"), join(root, "workspace"))).toEqual([copy]);
});

it("looks where VITALS_BACKENDS says", () => {
  const installed = put("storage");
  process.env["VITALS_BACKENDS"] = join(root, "storage");
  try {
    expect(locatePackage(NAME, root)).toEqual([installed]);
  } finally {
    delete process.env["VITALS_BACKENDS"];
  }
});
