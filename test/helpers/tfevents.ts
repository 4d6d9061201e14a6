/** Writes TensorBoard event files from their published layout, by another way than the reader goes. */

/** CRC-32C bit by bit, most significant bit first on reflected bytes: not the reader's table. */
function crc32c(bytes: Uint8Array): number {
  const reflect = (value: number, width: number) =>
    Number.parseInt(value.toString(2).padStart(width, "0").split("").reverse().join(""), 2);
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= reflect(byte, 8) << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x1edc6f41 : crc << 1;
  }
  return (reflect(crc >>> 0, 32) ^ 0xffffffff) >>> 0;
}

export function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return Number(
    ((((BigInt(crc) >> 15n) | (BigInt(crc) << 17n)) & 0xffffffffn) + 0xa282ead8n) & 0xffffffffn,
  );
}

function unsigned(value: bigint | number, bytes: 4 | 8): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value));
  else buffer.writeUInt32LE(Number(value));
  return buffer;
}

export function varint(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, value);
  const bytes: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

export function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint(BigInt(number * 8 + 2)), varint(BigInt(content.length)), content]);
}

export function number64(number: number, value: number): Buffer {
  const buffer = Buffer.alloc(9);
  buffer[0] = number * 8 + 1;
  buffer.writeDoubleLE(value, 1);
  return buffer;
}

export function number32(number: number, value: number): Buffer {
  const buffer = Buffer.alloc(5);
  buffer[0] = number * 8 + 5;
  buffer.writeFloatLE(value, 1);
  return buffer;
}

/** One TFRecord. */
export function record(data: Buffer): Buffer {
  const length = unsigned(data.length, 8);
  return Buffer.concat([
    length,
    unsigned(maskedCrc(length), 4),
    data,
    unsigned(maskedCrc(data), 4),
  ]);
}

/** An event with one scalar as PyTorch and TensorFlow 1 write it. */
export function scalarRecord(
  tag: string,
  value: number,
  step: number,
  time = 1_700_000_000,
): Buffer {
  const summary = field(1, Buffer.concat([field(1, Buffer.from(tag)), number32(2, value)]));
  const steps = Buffer.concat([Buffer.from([2 * 8]), varint(BigInt(step))]);
  return record(Buffer.concat([number64(1, time), steps, field(5, summary)]));
}
