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

const BATCHES = 10;
/** Where a step of the MLP takes longer than this, in milliseconds, one batch an epoch has to do. */
const SLOW = 100;
const PAIRS = 24;
/** For differences of a few percent. */
const MANY_PAIRS = 48;

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
    const batches = await batchesOn(where).catch(({ message }: Error) => {
      console.error(`${backend} is not measured: ${message}`);
    });
    if (batches) yield* rowsOf({ ...where, batches }, torch);
  }
}

/** @throws {Error} why the backend does not start */
async function batchesOn(where: Where): Promise<number> {
  const trial = await ours(settingOf(MLP, where, 1));
  await trial.epoch();
  const milliseconds = await trial.epoch();
  trial.stop();
  return milliseconds > SLOW ? 1 : BATCHES;
}

interface Epoch extends Where {
  batches: number;
}

async function* rowsOf(where: Epoch, torch: string | undefined): AsyncGenerator<BenchRow> {
  const { backend } = where;
  for (const net of NETS) {
    // Ten seconds a step.
    if (backend === "cpu" && net === CNN) continue;
    yield await stockRow(net, where);
    if (backend === "cpu") continue;
    yield await telemetryRow(net, where);
    // It computes on the processor.
    const fair = torch && (backend === "native" || backend === "wasm");
    for (const threads of fair ? threadCounts() : []) {
      yield await torchRow(net, where, torch!, threads);
    }
  }
  if (backend === "wasm") yield* await memoryRows(where);
}

function ours(setting: Setting): Promise<Peer> {
  return Peer.node("ours", setting);
}

/** A whole epoch with validation, against `model.fit` on as many rows. */
async function stockRow(net: Net, where: Epoch): Promise<BenchRow> {
  const { backend } = where;
  // Stock wasm trains no convolution, and plain JavaScript takes seconds for one.
  const stock = backend === "wasm" && net === CNN ? "cpu" : backend;
  const batches = stock === "cpu" ? 1 : where.batches;
  const setting = settingOf(net, where, batches, Math.min(4, batches));
  const theirs = await Peer.node("stock", { ...setting, backend: stock });
  return compare(await ours(setting), theirs, {
    bench: `trainer/epoch ${backend} ${net.name}`,
    goal: backend === "wasm" ? STOCK_GOALS.get(net)! : 1,
    baseline: `model.fit of stock ${stock}`,
    pairs: PAIRS,
  });
}

/** Everything measured and written, against the same loop without any of it. */
async function telemetryRow(net: Net, where: Epoch): Promise<BenchRow> {
  const setting = settingOf(net, where, where.batches);
  return compare(await ours(setting), await Peer.node("unmeasured", setting), {
    bench: `trainer/telemetry ${where.backend} ${net.name}`,
    goal: 1.02,
    baseline: "the same loop, nothing measured",
    pairs: MANY_PAIRS,
  });
}

async function torchRow(net: Net, where: Epoch, torch: string, threads: number): Promise<BenchRow> {
  const { backend } = where;
  const setting = settingOf(net, where, where.batches);
  const theirs = await startPyTorch(torch, setting, threads);
  return compare(await ours(setting), theirs, {
    bench: `trainer/pytorch ${backend} ${net.name}`,
    goal: backend === "native" ? 1.2 : backend === "wasm" && net === CNN ? 2 : null,
    baseline: theirs.device,
    pairs: PAIRS,
  });
}
