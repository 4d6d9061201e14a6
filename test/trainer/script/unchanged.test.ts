import { afterAll, beforeAll, expect, test } from "vitest";
import { ScriptFolder } from "./script.ts";

/** Shuffled batches, dropout and weights that all come from `Math.random`, seeded; prints a hash of the final weights. */
const script = (setUp: string) => `
${setUp}
import { createHash } from 'node:crypto';
let state = 42;
let draws = 0;
Math.random = () => {
  draws++;
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const values = (count) => Float32Array.from({ length: count }, () => Math.random() - 0.5);
const x = tf.tensor2d(values(90 * 6), [90, 6]);
const y = tf.oneHot(tf.tensor1d(Array.from({ length: 90 }, (_, i) => i % 3), 'int32'), 3);
const model = tf.sequential();
model.add(tf.layers.dense({ inputShape: [6], units: 12, activation: 'relu', kernelRegularizer: 'l1l2' }));
model.add(tf.layers.batchNormalization());
model.add(tf.layers.dropout({ rate: 0.3, seed: 7 }));
model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));
model.setWeights(model.getWeights().map((each) => tf.tensor(values(each.size), each.shape).abs()));
model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
const seen = [];
await model.fit(x, y, {
  epochs: 5,
  batchSize: 16,
  validationSplit: 0.2,
  callbacks: { onEpochEnd: (epoch, logs) => seen.push(epoch, ...Object.entries(logs).flat()) },
});
const hash = createHash('sha256');
for (const each of model.getWeights()) hash.update(each.dataSync());
console.log(hash.digest('hex'), draws, tf.memory().numTensors, seen.join(' '), process.argv.length);
console.log(Object.keys(model.layers[0]).join(), Object.keys(process.env).filter((key) => /vitals/i.test(key)).join());
process.exitCode = 5;
`;

const WASM = `
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
await tf.setBackend('wasm');
`;

let folder: ScriptFolder;
beforeAll(() => {
  folder = new ScriptFolder();
});
afterAll(() => folder.remove());

test.each([
  ["JavaScript", "import * as tf from '@tensorflow/tfjs';"],
  ["WebAssembly of the script's own", WASM],
])(
  "weights, output, random numbers and exit status are the same with and without the probe: %s",
  async (_, setUp) => {
    const file = folder.write("seeded.mjs", script(setUp));
    const plain = await folder.plain(file);
    const observed = await folder.train(file);
    expect(plain.code).toBe(5);
    expect(plain.stdout).toMatch(/^[0-9a-f]{64} /);
    expect(observed.log).toContain(plain.stdout);
    expect(observed.events.at(-1)).toMatchObject({
      kind: "end",
      status: "failed",
      error: "seeded.mjs ended with status 5.",
      step: 25,
    });
    expect(observed.steps).toHaveLength(25);
  },
);

test.each([
  ["sets it as its backend", WASM],
  ["only loads it", WASM.replace(/await .*/, "")],
])(
  "a script with a WebAssembly of its own trains where it is asked for, and %s",
  async (_, setUp) => {
    const file = folder.write("twice.mjs", script(setUp));
    const { run, steps, log } = await folder.train(file, ["--backend", "wasm"]);
    expect(run.backend).toBe("wasm");
    expect(steps).toHaveLength(25);
    expect(log).toMatch(/^[0-9a-f]{64} /m);
  },
);
