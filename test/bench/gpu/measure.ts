/** How fast a network trains on a GPU, against the processor of the same machine and against itself without telemetry. */
import { compare } from "../peers/compare.ts";
import type { Net } from "../peers/nets.ts";
import { Peer } from "../peers/peer.ts";
import type { Setting, Where } from "../peers/setting.ts";
import type { BenchRow } from "../row.ts";
import { median } from "../row.ts";

export interface Speed {
  batchSize: number;
  /** With everything measured at every step. */
  stepsPerSecond: { here: number; wasm: number };
  rows: BenchRow[];
}

/** @param batches of an epoch @param pairs of epochs that are compared */
export async function measure(
  net: Net,
  where: Where,
  batchSize: number,
  batches: number,
  pairs: number,
): Promise<Speed> {
  const setting: Setting = { ...where, net, batchSize, batches, validation: 0 };
  const onWasm = { ...setting, backend: "wasm" };
  const [here, wasm] = [await Peer.node("ours", setting), await Peer.node("ours", onWasm)];
  const stepsPerSecond = { here: await speed(here, batches), wasm: await speed(wasm, batches) };
  const name = `${where.backend} ${net.name}, batch ${batchSize}`;
  const againstWasm = await compare(here, wasm, {
    bench: `gpu/wasm ${name}`,
    goal: 1,
    baseline: `${wasm.device}`,
    pairs,
  });
  const measured = await Peer.node("ours", setting);
  const telemetry = await compare(measured, await Peer.node("unmeasured", setting), {
    bench: `gpu/telemetry ${name}`,
    goal: 1.02,
    baseline: "the same loop, nothing measured",
    pairs,
  });
  return { batchSize, stepsPerSecond, rows: [againstWasm, telemetry] };
}

async function speed(peer: Peer, batches: number): Promise<number> {
  await peer.epoch();
  const times: number[] = [];
  for (let i = 0; i < 3; i++) times.push(await peer.epoch());
  return (1000 * batches) / median(times);
}
