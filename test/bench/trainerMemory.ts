/** What a training holds after 10,000 steps, against what it held after 1,000. */
import type { Net } from "./peers/nets.ts";
import { Peer } from "./peers/peer.ts";
import type { Memory } from "./peers/serve.ts";
import { settingOf, type Where } from "./peers/setting.ts";
import { type BenchRow, median } from "./row.ts";

/** Small, for a step in about a millisecond, and with every kind of kernel. */
const SMALL: Net = {
  name: "8×8 CNN",
  shape: [8, 8, 1],
  layers: [
    {
      type: "conv2d",
      filters: 4,
      kernelSize: 3,
      activation: "relu",
      kernelInitializer: "heNormal",
    },
    { type: "maxPooling2d" },
    { type: "flatten" },
    { type: "dense", units: 16, activation: "relu", kernelInitializer: "heNormal" },
    { type: "dense", units: 10, activation: "softmax", kernelInitializer: "heNormal" },
  ],
};
const STEPS = 500;
const EPOCHS = 20;
/** Epochs that end from step 1,000 and up to step 10,000: the resident memory goes up and down by itself. */
const EARLY = [1, 2, 3];
const LATE = [17, 18, 19];

const HELD: [keyof Memory, string][] = [
  ["tensors", "tensors"],
  ["heapBytes", "bytes of WebAssembly heap"],
  ["residentBytes", "bytes of the process"],
];

export async function memoryRows(where: Where): Promise<BenchRow[]> {
  const began = performance.now();
  const peer = await Peer.node("ours", settingOf(SMALL, where, STEPS));
  const readings: Memory[] = [];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    await peer.epoch();
    readings.push(await peer.memory());
  }
  peer.stop();
  return HELD.map(([held, words]) => {
    const at = (epochs: number[]) => median(epochs.map((epoch) => readings[epoch]![held]));
    const [early, late] = [at(EARLY), at(LATE)];
    return {
      bench: `trainer/memory ${where.backend} ${words}`,
      value: late / early,
      unit: `ratio (${late.toLocaleString("en")} after 10,000 steps)`,
      goal: 1.02,
      baseline: `${early.toLocaleString("en")} after 1,000 steps`,
      device: peer.device,
      seconds: (performance.now() - began) / 1000,
    };
  });
}
