import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Data } from "../../../../recipe/data/index.ts";
import { readIdx } from "../../../../trainer/data/idx.ts";
import { readIdxSource } from "../../../../trainer/data/idxSource.ts";
import { InputError } from "../../../../trainer/errors.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "idx-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An IDX file of bytes. */
function bytes(shape: number[], values: number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = 0x08;
  header[3] = shape.length;
  for (const [i, length] of shape.entries()) header.writeUInt32BE(length, 4 + 4 * i);
  return Buffer.concat([header, Buffer.from(values)]);
}

function write(name: string, content: Buffer): string {
  writeFileSync(join(folder, name), content);
  return name;
}

const read = (content: Buffer) =>
  readIdx(join(folder, write("x.idx", content)), { recipe: ["data", "idx", "images"] });

it("reads bytes with their shape, packed or not", () => {
  const plain = bytes([2, 1, 3], [0, 1, 2, 253, 254, 255]);
  for (const content of [plain, gzipSync(plain)]) {
    const { shape, values } = read(content);
    expect(shape).toEqual([2, 1, 3]);
    expect([...values]).toEqual([0, 1, 2, 253, 254, 255]);
  }
});

it.each([
  ["signed bytes", 0x09, "ff7f", [-1, 127]],
  ["16-bit numbers", 0x0b, "fffe0102", [-2, 258]],
  ["32-bit numbers", 0x0c, "fffffffd00010000", [-3, 65536]],
  ["floats", 0x0d, "3fc00000c0200000", [1.5, -2.5]],
  ["doubles", 0x0e, "3ff8000000000000c004000000000000", [1.5, -2.5]],
])("reads %s, big-endian", (_what, kind, hex, expected) => {
  const header = Buffer.from([0, 0, kind, 1, 0, 0, 0, 2]);
  expect([...read(Buffer.concat([header, Buffer.from(hex, "hex")])).values]).toEqual(expected);
});

it.each([
  [
    "another format",
    Buffer.from("x,y\n1,2\n"),
    /^x\.idx is not an IDX file: it begins with 782c790a/,
  ],
  ["an empty file", Buffer.alloc(0), /^x\.idx is not an IDX file: it begins with nothing/],
  ["an unknown kind of number", Buffer.from([0, 0, 7, 1, 0, 0, 0, 0]), /begins with 00000701/],
  [
    "half a header",
    bytes([2, 2], []).subarray(0, 9),
    /is cut off inside its header: get it anew\.$/,
  ],
  [
    "missing numbers",
    bytes([2, 3], [1, 2, 3, 4]),
    /^x\.idx is cut off: 2 × 3 numbers need 6 bytes, and 4 are there; get it anew\.$/,
  ],
  [
    "too many numbers",
    bytes([1, 2], [1, 2, 3]),
    /^x\.idx is too long: 1 × 2 numbers need 2 bytes, and 3 are there/,
  ],
  [
    "a damaged gzip",
    gzipSync(bytes([3], [1, 2, 3])).subarray(0, 20),
    /its gzip data cannot be unpacked; get it anew\.$/,
  ],
])("says in one sentence what is wrong with %s", (_what, content, sentence) => {
  const error = thrown(() => read(content));
  expect(error.message).toMatch(sentence);
  expect(error.where).toEqual({ recipe: ["data", "idx", "images"] });
});

const load = (data: Data["idx"]) => readIdxSource({ idx: data! }, folder);

it("makes grey pictures of rank 3, others of rank 4, and lists of rank 2", () => {
  const labels = write("labels", bytes([2], [7, 3]));
  const shapeOf = (shape: number[]) => {
    const count = shape.reduce((product, length) => product * length, 1);
    const images = write("images", bytes(shape, Array(count).fill(1)));
    return load({ images, labels }).shape;
  };
  expect(shapeOf([2, 4, 5])).toEqual([4, 5, 1]);
  expect(shapeOf([2, 4, 5, 3])).toEqual([4, 5, 3]);
  expect(shapeOf([2, 9])).toEqual([9]);
});

it("keeps the test pair behind the others, and says where its labels stand", () => {
  const examples = load({
    images: write("images", bytes([2, 2], [1, 2, 3, 4])),
    labels: write("labels", bytes([2], [7, 3])),
    testImages: write("test-images", bytes([1, 2], [5, 6])),
    testLabels: write("test-labels", bytes([1], [3])),
  });
  expect([...examples.inputs]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(examples.labels).toEqual(["7", "3", "3"]);
  expect(examples.testRows).toBe(1);
  expect(examples.place(1).text).toBe("Label 2 of labels");
  expect(examples.place(2)).toEqual({
    text: "Label 1 of test-labels",
    where: { recipe: ["data", "idx", "testLabels"] },
  });
});

it("says when files do not belong together", () => {
  const images = write("images", bytes([2, 2], [1, 2, 3, 4]));
  const labels = write("labels", bytes([2], [7, 3]));
  const three = write("three", bytes([3], [1, 2, 3]));
  const wide = write("wide", bytes([2, 3], [1, 2, 3, 4, 5, 6]));
  expect(() => load({ images, labels: three })).toThrow(
    "images holds 2 examples, and three 3 labels: name files that belong together.",
  );
  expect(() => load({ images: labels, labels })).toThrow(/is it the file of the labels\?$/);
  expect(() => load({ images, labels: images })).toThrow(/is it the file of the examples\?$/);
  expect(() => load({ images, labels, testImages: wide, testLabels: labels })).toThrow(
    "wide has examples of 3 numbers, and images of 2: name files that belong together.",
  );
  const error = thrown(() => load({ images: "gone", labels }));
  expect(error.message).toBe(`Cannot read ${join(folder, "gone")}: no such file.`);
});

it("refuses numbers that are none", () => {
  const header = Buffer.from([0, 0, 0x0d, 2, 0, 0, 0, 2, 0, 0, 0, 1]);
  const images = write("nan", Buffer.concat([header, Buffer.from("3f8000007fc00000", "hex")]));
  const labels = write("labels", bytes([2], [7, 3]));
  expect(() => load({ images, labels })).toThrow(
    "Example 2 of nan holds NaN, and inputs must be finite numbers.",
  );
});

function thrown(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error("nothing was thrown");
}
