/** Our own loop with everything measured at every step and written to a file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { Recipe } from "../../../recipe/schema.ts";
import type { TelemetryEvent } from "../../../telemetry/events.ts";
import { EventWriter } from "../../../telemetry/files/writer.ts";
import type { Backend } from "../../../trainer/backends/backend.ts";
import { locateDawn } from "../../../trainer/backends/dawn.ts";
import { startBackend } from "../../../trainer/backends/index.ts";
import { startWebgpu } from "../../../trainer/backends/webgpu.ts";
import type { Dataset } from "../../../trainer/data/dataset.ts";
import { ENCODINGS } from "../../../trainer/data/encoding.ts";
import { Control } from "../../../trainer/loop/control.ts";
import { train } from "../../../trainer/loop/train.ts";
import { buildNetwork } from "../../../trainer/model/build.ts";
import { Streams } from "../../../trainer/random.ts";
import { CLASSES } from "./nets.ts";
import { greet, type Memory, nextEpoch, say, setting } from "./serve.ts";
import { noise, RATE } from "./setting.ts";

const { net, batchSize, batches, validation } = setting;

/** Milliseconds of the epoch that runs which were spent waiting for it to be asked for. */
let waited = 0;
let ended = 0;

/** Holds the loop before the first step of an epoch. */
class Turns extends Control {
  #steps = 0;

  override async wantsStop(onPause: () => void): Promise<boolean> {
    if (this.#steps++ % batches === 0) {
      const began = performance.now();
      await nextEpoch(memory);
      waited = performance.now() - began;
    }
    return super.wantsStop(onPause);
  }
}

/** An epoch lasts from the event of the one before it to its own. */
class Writer extends EventWriter {
  override write(event: TelemetryEvent): void {
    super.write(event);
    if (event.kind !== "epoch") return;
    const now = performance.now();
    if (event.epoch > 0) say({ milliseconds: now - ended - waited });
    ended = now;
  }
}

function memory(): Memory {
  globalThis.gc?.();
  return {
    tensors: tf.memory().numTensors,
    heapBytes: tf.getBackend() === "wasm" ? wasmHeap() : 0,
    residentBytes: process.memoryUsage.rss(),
  };
}

function wasmHeap(): number {
  const probe = tf.scalar(0);
  const { buffer } = (tf.backend() as BackendWasm).typedArrayFromHeap(probe);
  probe.dispose();
  return buffer.byteLength;
}

function dataset(): Dataset {
  return {
    shape: net.shape,
    label: "y",
    classes: Array.from({ length: CLASSES }, (_, i) => String(i)),
    encoding: ENCODINGS.oneHot(CLASSES),
    train: noise(net, batchSize * batches),
    validation: noise(net, validation),
    test: noise(net, 0),
    testKey: "",
  };
}

async function open(): Promise<Backend> {
  const { backend, software } = setting;
  const folder = process.cwd();
  if (backend === "webgpu") return startWebgpu(await locateDawn(folder), software);
  return (await startBackend(backend, folder)).backend;
}

async function start(): Promise<string> {
  const recipe: Recipe = {
    data: { csv: "noise", label: "y" },
    layers: net.layers,
    loss: "sparseCategoricalCrossentropy",
    optimizer: { type: "adam", learningRate: RATE },
    batchSize,
    epochs: 1,
  };
  const backend = await open();
  const data = dataset();
  const streams = new Streams(1);
  const network = await buildNetwork(recipe, data, streams);
  const runFolder = mkdtempSync(join(tmpdir(), "vitals-bench-"));
  process.on("exit", () => rmSync(runFolder, { recursive: true }));
  const training = train({
    recipe,
    data,
    network,
    executor: backend.execute(network, recipe.optimizer),
    writer: new Writer(runFolder),
    control: new Turns(runFolder),
    streams,
    runFolder,
    epochs: Number.POSITIVE_INFINITY,
    maxSteps: Number.POSITIVE_INFINITY,
    clock: () => performance.now() / 1000,
  });
  training.catch((error) => {
    console.error(error);
    process.exit(1);
  });
  return backend.device;
}

greet(start);
