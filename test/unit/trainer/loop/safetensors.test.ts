import { expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../../../trainer/loop/safetensors.ts";

/** The bytes of a file, from its header's text and its values in hexadecimal. */
function file(header: string, values: string): Buffer {
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
  return Buffer.concat([
    Buffer.from([padded.length & 0xff, padded.length >> 8, 0, 0, 0, 0, 0, 0]),
    Buffer.from(padded),
    Buffer.from(values, "hex"),
  ]);
}

const HEADER =
  '{"__metadata__":{"epoch":"3"},' +
  '"a.kernel":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
  '"a.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},' +
  '"order":{"dtype":"U32","shape":[2],"data_offsets":[12,20]}}';
const GOLDEN = file(HEADER, "0000803f 000000c0 0000c07f 01000000 ffffffff".replaceAll(" ", ""));

const TENSORS = [
  { name: "a.kernel", shape: [1, 2], values: Float32Array.of(1, -2) },
  { name: "a.bias", shape: [1], values: Float32Array.of(Number.NaN) },
  { name: "order", shape: [2], values: Uint32Array.of(1, 0xffff_ffff) },
];

it("writes the bytes that the format asks for", () => {
  expect(GOLDEN.readBigUInt64LE(0)).toBeGreaterThan(BigInt(HEADER.length));
  const bytes = encodeSafetensors(TENSORS, { epoch: "3" });
  expect(Buffer.from(bytes).toString("hex")).toBe(GOLDEN.toString("hex"));
});

it("reads them, wherever they lie in memory", () => {
  // A buffer of Node.js: its own `slice` would not copy.
  const shifted = Buffer.alloc(GOLDEN.length + 3);
  shifted.set(GOLDEN, 3);
  expect(decodeSafetensors(shifted.subarray(3))).toEqual({
    tensors: TENSORS,
    metadata: { epoch: "3" },
  });
});

it("keeps every bit, whatever it means as a number", () => {
  const bits = Uint32Array.of(0x7fc0_0001, 0x8000_0000, 1, 0xff80_0000);
  const values = new Float32Array(bits.buffer);
  const { tensors } = decodeSafetensors(encodeSafetensors([{ name: "x", shape: [4], values }], {}));
  expect(new Uint32Array(tensors[0]!.values.buffer)).toEqual(bits);
});

it("refuses what is no whole file", () => {
  for (let length = 0; length < GOLDEN.length; length++) {
    expect(() => decodeSafetensors(GOLDEN.subarray(0, length)), String(length)).toThrow();
  }
  expect(() => decodeSafetensors(GOLDEN.subarray(0, GOLDEN.length - 1))).toThrow(
    "The file is not a whole safetensors file.",
  );
});
