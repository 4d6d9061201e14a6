import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Data } from "../../../../recipe/data/index.ts";
import { readImagesSource } from "../../../../trainer/data/imagesSource.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "images-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A grey picture of one level. */
function write(label: string, name: string, level: number, height = 2, width = 3) {
  mkdirSync(join(folder, "shapes", label), { recursive: true });
  const data = new Uint8Array(height * width).fill(level);
  writeFileSync(join(folder, "shapes", label, name), encode({ height, width, data, channels: 1 }));
}

const load = (settings: Partial<Data> = {}) =>
  readImagesSource({ images: "shapes", ...settings }, folder);

it("takes the sub-folders for the classes, in the order of their names", async () => {
  write("dog", "b.PNG", 51);
  write("dog", "a.png", 102);
  write("cat", "z.png", 255);
  writeFileSync(join(folder, "shapes", "notes.txt"), "no picture");
  writeFileSync(join(folder, "shapes", "dog", "notes.txt"), "no picture");
  const { shape, labels, inputs, label } = await load({ channels: 1 });
  expect(shape).toEqual([2, 3, 1]);
  expect(label).toBe("class");
  expect(labels).toEqual(["cat", "dog", "dog"]);
  expect([inputs[0], inputs[6], inputs[12]]).toEqual([1, Math.fround(0.4), Math.fround(0.2)]);
});

it("reads three channels where nothing else is said", async () => {
  write("cat", "a.png", 255);
  expect((await load()).shape).toEqual([2, 3, 3]);
});

it("wants pictures of one size, or brings them to one", async () => {
  write("cat", "a.png", 255);
  write("dog", "b.png", 51, 5, 4);
  await expect(load()).rejects.toThrow(
    `${join("dog", "b.png")} has 5 × 4 pixels, and ${join("cat", "a.png")} has 2 × 3: set "size" to bring all to one.`,
  );
  const { shape, inputs } = await load({ size: [4, 4], channels: 1 });
  expect(shape).toEqual([4, 4, 1]);
  expect(inputs).toHaveLength(32);
  expect(inputs[20]).toBeCloseTo(0.2, 6);
});

it("says what is wrong with the folder", async () => {
  await expect(load()).rejects.toThrow(/^Cannot read the folder .*shapes: no such file\.$/);
  mkdirSync(join(folder, "shapes"));
  await expect(load()).rejects.toThrow(/shapes has no sub-folders: put the pictures/);
  mkdirSync(join(folder, "shapes", "cat"));
  await expect(load()).rejects.toThrow(/cat holds no PNG or JPEG files: add some/);
  writeFileSync(join(folder, "shapes", "cat", "a.png"), "no picture");
  await expect(load()).rejects.toThrow(
    /^Cannot read the picture .*a\.png: it is neither PNG nor JPEG\.$/,
  );
});
