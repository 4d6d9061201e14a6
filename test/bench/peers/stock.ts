/** Plain TensorFlow.js as its users write it, on its own kernels: `model.fit` without any telemetry. */
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { locatePackage } from "../../../trainer/backends/locate.ts";
import { CLASSES, type NetLayer } from "./nets.ts";
import { greet, nextEpoch, say, setting } from "./serve.ts";
import { noise, RATE } from "./setting.ts";

/** The parts that are used of whichever copy of TensorFlow.js computes. */
type Tf = typeof core & typeof layers;

const require = createRequire(join(process.cwd(), "package.json"));

const OPEN: Record<string, () => Promise<Tf>> = {
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
    await core.setBackend("cpu");
    return { ...core, ...layers };
  },
  async wasm() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(__dirname + sep);
    await core.setBackend("wasm");
    return { ...core, ...layers };
  },
  async webgpu() {
    const [folder] = locatePackage("webgpu", process.cwd());
    const { create, globals } = await import(pathToFileURL(join(folder!, "index.js")).href);
    Object.assign(globalThis, globals);
    const scope = globalThis as { navigator?: object };
    scope.navigator ??= {};
    Object.assign(scope.navigator, { gpu: create([]) });
    await import("@tensorflow/tfjs-backend-webgpu");
    await core.setBackend("webgpu");
    return { ...core, ...layers };
  },
  native: async () => addon("@tensorflow/tfjs-node"),
  cuda: async () => addon("@tensorflow/tfjs-node-gpu"),
};

function addon(name: string): Tf {
  const [folder] = locatePackage(name, process.cwd());
  const tf = require(folder!);
  return { ...tf, ...tf.layers, sequential: tf.sequential };
}

async function serve(): Promise<void> {
  let epoch = async (): Promise<void> => {};
  await greet(async () => {
    const tf = await OPEN[setting.backend]!();
    tf.enableProdMode();
    epoch = fitting(tf);
    return `stock ${tf.getBackend()}`;
  });
  for (;;) {
    await nextEpoch();
    const began = performance.now();
    await epoch();
    say({ milliseconds: performance.now() - began });
  }
}

function fitting(tf: Tf): () => Promise<void> {
  const { net, batchSize, batches, validation } = setting;
  const model = tf.sequential();
  for (const [i, layer] of net.layers.entries()) {
    model.add(plain(tf, layer, i === 0 ? { inputShape: net.shape } : {}));
  }
  model.compile({
    optimizer: tf.train.adam(RATE),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const tensors = (rows: number) => {
    const part = noise(net, rows);
    const labels = tf.oneHot(tf.tensor1d(part.targets, "int32"), CLASSES);
    const inputs = tf.tensor(part.inputs, [rows, ...net.shape]);
    return [inputs, tf.cast(labels, "float32")] as [core.Tensor, core.Tensor];
  };
  const [inputs, labels] = tensors(batches * batchSize);
  const validationData = validation > 0 ? tensors(validation) : undefined;
  return async () => {
    await model.fit(inputs, labels, {
      batchSize,
      epochs: 1,
      shuffle: true,
      ...(validationData && { validationData }),
      verbose: 0,
    });
  };
}

/** @param first what only the first layer says */
function plain(tf: Tf, layer: NetLayer, first: { inputShape?: number[] }) {
  switch (layer.type) {
    case "dense":
      return tf.layers.dense({ ...layer, ...first });
    case "conv2d":
      return tf.layers.conv2d({ ...layer, ...first });
    case "maxPooling2d":
      return tf.layers.maxPooling2d({ poolSize: 2 });
    case "flatten":
      return tf.layers.flatten();
  }
}

serve();
