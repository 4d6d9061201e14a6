/**
 * Reads IDX files (LeCun, "The MNIST database"): two zero bytes, a byte for the kind of number, a byte for the rank,
 * the lengths and then the numbers, big-endian and row after row.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { reasonOf } from "../../telemetry/files/folder.ts";
import { InputError, type Where } from "../errors.ts";
import type { Numbers } from "./examples.ts";

export interface Idx {
  /** Lengths, the number of examples first. */
  shape: number[];
  values: Numbers;
}

interface Kind {
  bytes: number;
  /** @param bytes of that many numbers; they are big-endian */
  decode(bytes: Buffer): Numbers;
}

const KINDS = new Map<number, Kind>([
  [0x08, { bytes: 1, decode: (b) => new Uint8Array(b.buffer, b.byteOffset, b.length) }],
  [0x09, { bytes: 1, decode: (b) => new Int8Array(b.buffer, b.byteOffset, b.length) }],
  [0x0b, { bytes: 2, decode: (b) => new Int16Array(bytesOf(b.swap16())) }],
  [0x0c, { bytes: 4, decode: (b) => new Int32Array(bytesOf(b.swap32())) }],
  [0x0d, { bytes: 4, decode: (b) => new Float32Array(bytesOf(b.swap32())) }],
  [0x0e, { bytes: 8, decode: (b) => new Float64Array(bytesOf(b.swap64())) }],
]);

/**
 * @param path gzip or plain
 * @param where the place in the recipe that names the file
 * @throws {InputError} no file, another format, or a file that is cut off
 */
export function readIdx(path: string, where: Where): Idx {
  const file = basename(path);
  const fail = (sentence: string): never => {
    throw new InputError(sentence, where);
  };
  const bytes = unpacked(path, file, fail);
  const kind = KINDS.get(bytes[2] ?? -1);
  const rank = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || !kind || rank === 0) {
    const start = bytes.subarray(0, 4).toString("hex");
    return fail(
      `${file} is not an IDX file: it begins with ${start || "nothing"}, and not with 0000 and a kind of number; name another file.`,
    );
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) return fail(`${file} is cut off inside its header: get it anew.`);
  const shape = Array.from({ length: rank }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const wanted = shape.reduce((product, length) => product * length, kind.bytes);
  const has = bytes.length - header;
  if (has !== wanted) {
    const size = shape.join(" × ");
    const wrong = has < wanted ? "is cut off" : "is too long";
    return fail(
      `${file} ${wrong}: ${size} numbers need ${wanted} bytes, and ${has} are there; get it anew.`,
    );
  }
  return { shape, values: kind.decode(bytes.subarray(header)) };
}

function unpacked(path: string, file: string, fail: (sentence: string) => never): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return fail(`Cannot read ${path}: ${reasonOf(error)}.`);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return fail(`${file} is damaged: its gzip data cannot be unpacked; get it anew.`);
  }
}

/** In memory of their own: numbers of several bytes have to begin at a multiple of their size. */
function bytesOf({ buffer, byteOffset, length }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
}
