/** What an epoch with everything measured costs: against others that measure nothing, and against ourselves. */
import { compare } from "./peers/compare.ts";
import { CNN, DEEP, MLP, type Net } from "./peers/nets.ts";
import { Peer } from "./peers/peer.ts";
import { findPyTorch, startPyTorch, threadCounts } from "./peers/pytorch.ts";
import { type Setting, settingOf, type Where } from "./peers/setting.ts";
import type { BenchRow } from "./row.ts";
import { memoryRows } from "./trainerMemory.ts";

const NETS = [MLP, CNN, DEEP];
/** All that there are, the fastest first. */
const BACKENDS = ["cuda", "webgpu", "native", "wasm", "cpu"];

/** Until the compilers are done, and then until the median stays where it is. */
const USUAL = { batches: 10, warmUps: 4, repetitions: 24 };
/** Differences of a few percent. */
const FINE = { ...USUAL, repetitions: 48 };
/** Plain JavaScript; a convolution takes it seconds. */
const SLOW = { batches: 4, warmUps: 1, repetitions: 4 };
const SLOWEST = { batches: 1, warmUps: 1, repetitions: 3 };

/** On wasm; elsewhere it is enough that measuring everything costs nothing. */
const STOCK_GOALS = new Map<Net, number>([
  [MLP, 0.35],
  [DEEP, 0.4],
  [CNN, 0.02],
]);

/** @param named backends that are measured; none: all that start, but for GPUs that are software */
export async function* run(named: string[]): AsyncGenerator<BenchRow> {
  const torch = findPyTorch();
  if (!torch) console.error("PyTorch is not measured: no Python here has it.");
  for (const backend of named.length > 0 ? named : BACKENDS) {
    const where = { backend, software: named.length > 0 };
    const reason = await whyNot(where);
    if (reason) console.error(`${backend} is not measured: ${reason}`);
    // Of plain JavaScript only what takes no minutes.
    else if (backend === "cpu") {
      for (const net of [MLP, DEEP]) yield await stockRow(net, where);
    } else yield* rowsOf(where, torch);
  }
}

async function whyNot(where: Where): Promise<string | undefined> {
  try {
    (await ours(settingOf(MLP, where, 1))).stop();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function* rowsOf(where: Where, torch: string | undefined): AsyncGenerator<BenchRow> {
  for (const net of NETS) {
    yield await stockRow(net, where);
    yield await telemetryRow(net, where);
    for (const threads of torch ? threadCounts() : []) {
      yield await torchRow(net, where, torch!, threads);
    }
  }
  if (where.backend === "wasm") yield* await memoryRows(where);
}

function ours(setting: Setting): Promise<Peer> {
  return Peer.node("ours", setting);
}

/** A whole epoch with validation, against `model.fit` on as many rows. */
async function stockRow(net: Net, where: Where): Promise<BenchRow> {
  const { backend } = where;
  // Stock wasm trains no convolution.
  const stock = backend === "wasm" && net === CNN ? "cpu" : backend;
  const often = stock !== "cpu" ? USUAL : net === CNN ? SLOWEST : SLOW;
  const setting = settingOf(net, where, often.batches, Math.min(4, often.batches));
  const theirs = await Peer.node("stock", { ...setting, backend: stock });
  return compare(await ours(setting), theirs, {
    bench: `trainer/epoch ${backend} ${net.name}`,
    goal: backend === "wasm" ? STOCK_GOALS.get(net)! : 1,
    baseline: `model.fit of stock ${stock}`,
    ...often,
  });
}

/** Everything measured and written, against the same loop without any of it. */
async function telemetryRow(net: Net, where: Where): Promise<BenchRow> {
  const setting = settingOf(net, where, FINE.batches);
  return compare(await ours(setting), await Peer.node("unmeasured", setting), {
    bench: `trainer/telemetry ${where.backend} ${net.name}`,
    goal: 1.02,
    baseline: "the same loop, nothing measured",
    ...FINE,
  });
}

async function torchRow(net: Net, where: Where, torch: string, threads: number): Promise<BenchRow> {
  const { backend } = where;
  const setting = settingOf(net, where, USUAL.batches);
  const theirs = await startPyTorch(torch, setting, threads);
  return compare(await ours(setting), theirs, {
    bench: `trainer/pytorch ${backend} ${net.name}`,
    goal: backend === "native" ? 1.2 : backend === "wasm" && net === CNN ? 2 : null,
    baseline: theirs.device,
    ...USUAL,
  });
}
