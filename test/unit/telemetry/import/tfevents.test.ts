import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { maskedCrc32c } from "../../../../telemetry/import/crc32c.ts";
import { Recording } from "../../../../telemetry/import/recording.ts";
import { tfevents } from "../../../../telemetry/import/tfevents.ts";
import {
  field,
  maskedCrc,
  number64,
  record,
  scalarRecord,
  varint,
} from "../../../helpers/tfevents.ts";

// Made with TensorBoard's own code.
const FILE_VERSION = Buffer.from(
  "1800000000000000a37f4b220900000040fc54d9411a0d627261696e2e4576656e743a32eced8f9d",
  "hex",
);
const TRAIN_LOSS = Buffer.from(
  "200000000000000029eda9500900002040fc54d94110072a130a110a0a747261696e2f6c6f7373150000803e27fcc89b",
  "hex",
);
const TF2_LOSS = Buffer.from(
  "300000000000000095f5d05f0900002040fc54d94110072a230a210a046c6f7373420a080112002a040000803e4a0d0a090a077363616c617273200149f10357",
  "hex",
);

function read(pieces: Uint8Array[], folder = "run") {
  const recording = new Recording();
  const reader = tfevents.open(recording, folder);
  for (const piece of pieces) reader.push(piece);
  return { curves: recording.curves, damaged: reader.damaged };
}

const points = (bytes: Buffer) =>
  read([bytes]).curves.flatMap(({ steps, values }) => steps.map((step, i) => [step, values[i]]));

describe("event files", () => {
  it("has the checksum that the format's documentation gives", () => {
    expect(maskedCrc32c(Buffer.from("123456789"))).toBe(0xc78ab0e5);
    expect(maskedCrc(Buffer.from("123456789"))).toBe(0xc78ab0e5);
  });

  it("reads what TensorBoard itself wrote", () => {
    for (const loss of [TRAIN_LOSS, TF2_LOSS]) {
      const { curves, damaged } = read([Buffer.concat([FILE_VERSION, loss])]);
      expect(damaged).toBe(0);
      expect(curves).toEqual([
        {
          figure: { kind: "metric", part: "train", metric: "loss", per: null, axis: "step" },
          steps: [7],
          values: [0.25],
          times: [1_700_000_000.5],
          epochs: [Number.NaN],
        },
      ]);
    }
  });

  it("takes the part of the data from the folder where the name does not tell", () => {
    const [curve] = read([scalarRecord("epoch_loss", 1, 0)], "validation").curves;
    expect(curve?.figure).toMatchObject({ part: "validation", metric: "loss", axis: "epoch" });
  });

  it("keeps NaN and infinities as values, and leaves out negative steps", () => {
    const values = [0.5, Number.NaN, Number.POSITIVE_INFINITY];
    const bytes = Buffer.concat([
      scalarRecord("loss", 9, -1),
      ...values.map((value, i) => scalarRecord("loss", value, i)),
    ]);
    expect(points(bytes)).toEqual([
      [0, 0.5],
      [1, Number.NaN],
      [2, Number.POSITIVE_INFINITY],
    ]);
  });

  it("reads steps beyond 32 bits, doubles in both places, and names with letters of several bytes", () => {
    const tensor = (content: Buffer) =>
      record(
        Buffer.concat([
          Buffer.from([2 * 8]),
          varint(2n ** 40n + 3n),
          field(
            5,
            field(1, Buffer.concat([field(1, Buffer.from("größe/loss/train")), field(8, content)])),
          ),
        ]),
      );
    const double = Buffer.alloc(8);
    double.writeDoubleLE(0.1);
    const type = Buffer.from([8, 2]);
    for (const content of [field(4, double), field(6, double), number64(6, 0.1)]) {
      const { curves } = read([tensor(Buffer.concat([type, content]))]);
      expect(curves[0]?.figure).toMatchObject({ metric: "größe_loss" });
      expect(curves[0]?.steps).toEqual([2 ** 40 + 3]);
      expect(curves[0]?.values).toEqual([0.1]);
    }
  });

  it("leaves histograms of tensors alone", () => {
    const shape = field(
      2,
      Buffer.concat([field(2, Buffer.from([8, 30])), field(2, Buffer.from([8, 3]))]),
    );
    const tensor = Buffer.concat([Buffer.from([8, 2]), shape, field(4, Buffer.alloc(30 * 3 * 8))]);
    const value = Buffer.concat([field(1, Buffer.from("train/loss")), field(8, tensor)]);
    const { curves, damaged } = read([record(field(5, field(1, value)))]);
    expect(curves).toEqual([]);
    expect(damaged).toBe(0);
  });

  it("skips and counts a record whose data is damaged, and one that is no event", () => {
    const broken = Buffer.from(scalarRecord("loss", 2, 2));
    broken[20] = (broken[20] as number) ^ 1;
    const bytes = Buffer.concat([
      scalarRecord("loss", 1, 1),
      broken,
      record(Buffer.from([5 * 8 + 2, 200, 1])),
      scalarRecord("loss", 3, 3),
    ]);
    expect(read([bytes]).damaged).toBe(2);
    expect(points(bytes)).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });

  it("stops where a length is damaged, for nothing behind it can be found", () => {
    const broken = Buffer.from(scalarRecord("loss", 2, 2));
    broken[0] = (broken[0] as number) ^ 1;
    const bytes = Buffer.concat([scalarRecord("loss", 1, 1), broken, scalarRecord("loss", 3, 3)]);
    expect(read([bytes]).damaged).toBe(1);
    expect(points(bytes)).toEqual([[1, 1]]);
  });

  it("gives every record that is whole before any cut, in pieces of any size, and calls no cut damage", () => {
    const random = xoroshiro128plus(7);
    const records = Array.from({ length: 40 }, (_, i) => scalarRecord("train/loss", i / 8, i));
    const bytes = Buffer.concat(records);
    const ends = records.map((_, i) => Buffer.concat(records.slice(0, i + 1)).length);
    for (let trial = 0; trial < 300; trial++) {
      const cut = uniformInt(random, 0, bytes.length);
      const pieces: Buffer[] = [];
      for (let at = 0; at < cut; ) {
        const end = Math.min(cut, at + uniformInt(random, 1, 90));
        pieces.push(Buffer.from(bytes.subarray(at, end)));
        at = end;
      }
      const { curves, damaged } = read(pieces);
      const whole = ends.filter((end) => end <= cut).length;
      expect(curves[0]?.steps ?? []).toEqual(Array.from({ length: whole }, (_, i) => i));
      expect(damaged).toBe(0);
    }
  });

  it("survives any bytes", () => {
    const random = xoroshiro128plus(11);
    const clean = Buffer.concat([FILE_VERSION, TRAIN_LOSS, TF2_LOSS]);
    for (let trial = 0; trial < 500; trial++) {
      // Damage inside a record whose checksums are right: only the message itself can tell.
      const data = Buffer.from(clean.subarray(52, 52 + 32));
      data[uniformInt(random, 0, data.length - 1)] = uniformInt(random, 0, 255);
      expect(() => read([record(data)])).not.toThrow();
    }
  });
});
