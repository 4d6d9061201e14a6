import { expect, it } from "vitest";
import { encodeSafetensors } from "../../../../trainer/loop/safetensors.ts";

it("writes the bytes that the format asks for", () => {
  const bytes = encodeSafetensors(
    [
      { name: "a.kernel", shape: [1, 2], values: Float32Array.of(1, -2) },
      { name: "a.bias", shape: [1], values: Float32Array.of(Number.NaN) },
    ],
    { epoch: "3" },
  );
  const header =
    '{"__metadata__":{"epoch":"3"},' +
    '"a.kernel":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
    '"a.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
  expect(padded.length).toBeGreaterThan(header.length);
  const golden = Buffer.concat([
    Buffer.from([padded.length, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from(padded),
    Buffer.from("0000803f" + "000000c0" + "0000c07f", "hex"),
  ]);
  expect(Buffer.from(bytes).toString("hex")).toBe(golden.toString("hex"));
});
