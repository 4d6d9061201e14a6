/** The safetensors format: header length (64 bits, little-endian), JSON header padded to 8 bytes, raw values. */

export interface NamedTensor {
  name: string;
  shape: number[];
  values: Float32Array | Uint32Array;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [from: number, to: number];
}

/** @param metadata text by name; tensors keep their order */
export function encodeSafetensors(
  tensors: NamedTensor[],
  metadata: Record<string, string>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    const end = offset + 4 * values.length;
    const dtype = values instanceof Float32Array ? "F32" : "U32";
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(json, 8);
  let at = 8 + length;
  for (const { values } of tensors) {
    // All that Node.js runs on is little-endian, as the format is.
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * The opposite; reads F32 and U32.
 * @throws {Error} with one sentence where the bytes are not a whole file of that format
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: NamedTensor[];
  metadata: Record<string, string>;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : Number.NaN;
  if (!(8 + length <= bytes.length)) throw new Error("The file is not a whole safetensors file.");
  const json = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(json) as Record<string, Entry> & {
    __metadata__?: Record<string, string>;
  };
  const tensors = Object.entries(entries).map(([name, { dtype, shape, data_offsets }]) => {
    const [from, to] = data_offsets.map((offset) => 8 + length + offset) as [number, number];
    if (to > bytes.length) throw new Error("The file is not a whole safetensors file.");
    // A copy, at an offset that may be read as numbers; a Node buffer's own `slice` makes none.
    const raw = new Uint8Array(bytes.subarray(from, to)).buffer;
    return { name, shape, values: dtype === "U32" ? new Uint32Array(raw) : new Float32Array(raw) };
  });
  return { tensors, metadata };
}
