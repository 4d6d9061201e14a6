import { expect, it } from "vitest";
import { nameLayers } from "../../../recipe/layerNames.ts";
import type { RecipeLayer } from "../../../recipe/schema.ts";

const dense = (name?: string): RecipeLayer => ({
  type: "dense",
  units: 1,
  ...(name !== undefined && { name }),
});

it("numbers layers by type, past the names that the recipe gives", () => {
  const names = nameLayers([dense(), { type: "flatten" }, dense("dense_2"), dense()]);
  expect(names.map(({ name }) => name)).toEqual(["dense_1", "flatten_1", "dense_2", "dense_3"]);
});

it("goes through blocks in the order of computing, and says where each layer stands", () => {
  const inner: RecipeLayer = { type: "residual", layers: [dense("deep")] };
  const block: RecipeLayer = { type: "residual", name: "block", layers: [dense(), inner] };
  expect(nameLayers([dense(), block, dense()]).map(({ name, path }) => [name, path])).toEqual([
    ["dense_1", ["layers", 0]],
    ["dense_2", ["layers", 1, "layers", 0]],
    ["deep", ["layers", 1, "layers", 1, "layers", 0]],
    ["residual_1", ["layers", 1, "layers", 1]],
    ["block", ["layers", 1]],
    ["dense_3", ["layers", 2]],
  ]);
});
