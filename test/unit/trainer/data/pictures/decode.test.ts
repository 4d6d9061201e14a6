import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { decodePicture } from "../../../../../trainer/data/pictures/decode.ts";

// Files that Pillow wrote.
const RGB =
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHElEQVR4nGP4z8DA8J+BgeE/EyMDw3+G/8ZpswA4" +
  "+QYywTpoQgAAAABJRU5ErkJggg==";
const PALETTE =
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAADFBMVEX/AAAA/wAAAP8zZpln5/rsAAAADElEQVR4" +
  "nGOQYHgCAAEwAP1WzRxzAAAAAElFTkSuQmCC";
const BITS =
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAACAQAAAABJGnB9AAAADklEQVR4nGPcIMDowAAABD8BA8m1pMYAAAAASUVO" +
  "RK5CYII=";
const GREY_AND_OPACITY =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAADUlEQVR4nGMwZjjzHwADaAH/1D+X2QAAAABJRU5E" +
  "rkJggg==";
const DEEP =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR4nGMQMvn/HwAD5gJFLkKWdQAAAABJRU5E" +
  "rkJggg==";
const JPEG =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R" +
  "DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU" +
  "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIABADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAA" +
  "AAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAk" +
  "M2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT" +
  "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QA" +
  "HwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdh" +
  "cRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hp" +
  "anN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk" +
  "5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDySvQKKK+Qzz/l38/0Oj6Qn/Mq/wC43/uI/9k=";
const PROGRESSIVE_JPEG =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R" +
  "DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU" +
  "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wgARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA" +
  "AAb/xAAVAQEBAAAAAAAAAAAAAAAAAAADBf/aAAwDAQACEAMQAAABkaAjp//EABQQAQAAAAAAAAAAAAAAAAAAABD/" +
  "2gAIAQEAAQUCP//EABgRAAIDAAAAAAAAAAAAAAAAAAAHRILC/9oACAEDAQE/AWFFvk//xAAWEQADAAAAAAAAAAAA" +
  "AAAAAAAABEL/2gAIAQIBAT8Bek//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAY/Aj//xAAUEAEAAAAAAAAA" +
  "AAAAAAAAAAAQ/9oACAEBAAE/IT//2gAMAwEAAgADAAAAEPv/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/" +
  "EC//xAAVEQEBAAAAAAAAAAAAAAAAAADBAP/aAAgBAgEBPxBC/8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQAB" +
  "PxA//9k=";
const GREY_JPEG =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R" +
  "DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI" +
  "CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcY" +
  "GRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKj" +
  "pKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APne" +
  "v//Z";

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

/** Levels from 0 to 255, and the rest of the picture. */
function decoded(base64: string, channels: number) {
  const { values, ...size } = decodePicture(bytes(base64), channels);
  return { ...size, levels: Array.from(values, (value) => value * 255) };
}

function expectLevels(actual: number[], expected: number[], tolerance = 1e-4) {
  expect(actual).toHaveLength(expected.length);
  for (const [i, level] of actual.entries()) {
    expect(Math.abs(level - expected[i]!)).toBeLessThanOrEqual(tolerance);
  }
}

it("reads red, green and blue", () => {
  const { levels, ...size } = decoded(RGB, 3);
  expect(size).toEqual({ height: 2, width: 3, channels: 3 });
  const pixels = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [0, 0, 0],
    [255, 255, 255],
    [51, 102, 153],
  ];
  expectLevels(levels, pixels.flat());
});

it("makes grey as Pillow does, but for its rounding", () => {
  expectLevels(decoded(RGB, 1).levels, [76, 150, 29, 0, 255, 93], 0.51);
});

it("looks colours of a palette up, four in a byte", () => {
  const [red, green, blue, steel] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [51, 102, 153],
  ];
  expectLevels(decoded(PALETTE, 3).levels, [red!, green!, blue!, steel!, blue!, green!].flat());
});

it("reads bits, rows of which do not fill their last byte", () => {
  const { levels, height, width } = decoded(BITS, 1);
  expect([height, width]).toEqual([2, 10]);
  const bits = [1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];
  expectLevels(
    levels,
    bits.map((bit) => 255 * bit),
  );
});

it("leaves opacity out, and repeats grey where colours are wanted", () => {
  expectLevels(decoded(GREY_AND_OPACITY, 1).levels, [51, 204]);
  expectLevels(decoded(GREY_AND_OPACITY, 3).levels, [51, 51, 51, 204, 204, 204]);
});

it("reads 16 bits a channel", () => {
  expectLevels(decoded(DEEP, 1).levels, [(0x1234 / 0xffff) * 255, 255]);
});

it.each([
  ["baseline", JPEG],
  ["progressive", PROGRESSIVE_JPEG],
])("reads a %s JPEG", (_what, file) => {
  const { levels, ...size } = decoded(file, 3);
  expect(size).toEqual({ height: 8, width: 16, channels: 3 });
  const at = (y: number, x: number) => levels.slice(3 * (16 * y + x), 3 * (16 * y + x) + 3);
  expectLevels(at(3, 3), [201, 40, 90], 3);
  expectLevels(at(5, 12), [20, 180, 58], 3);
});

it("reads a grey JPEG", () => {
  expectLevels(decoded(GREY_JPEG, 1).levels, Array(64).fill(77), 1);
});

it("throws on other formats and on damaged files", () => {
  expect(() => decodePicture(new Uint8Array(readFileSync("package.json")), 3)).toThrow(
    "it is neither PNG nor JPEG",
  );
  expect(() => decodePicture(new Uint8Array(), 3)).toThrow("it is neither PNG nor JPEG");
  for (const file of [RGB, JPEG]) {
    expect(() => decodePicture(bytes(file).subarray(0, 60), 3)).toThrow();
  }
});
