import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { RecipeOptimizer } from "../../../../recipe/schema.ts";
import { InputError } from "../../../../trainer/errors.ts";
import {
  type Checkpoint,
  checkFits,
  readCheckpoint,
  writeCheckpoint,
} from "../../../../trainer/loop/checkpoint.ts";
import type { Network } from "../../../../trainer/model/network.ts";

const folder = mkdtempSync(join(tmpdir(), "vitals-checkpoint-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** One layer with a kernel, and a figure that it follows. */
const network = (...shape: number[]) =>
  ({
    layers: [
      {
        parameters: [{ name: "a.kernel", shape }],
        statistics: [{ name: "a.mean", variable: { shape: [3] } }],
      },
    ],
  }) as unknown as Network;

const checkpoint: Checkpoint = {
  seed: 7,
  optimizer: { type: "adam", learningRate: 0.01 },
  seconds: 1.25,
  position: {
    step: 11,
    epoch: 3,
    batch: 2,
    sum: { loss: 0.1 + 0.2, correct: 5 },
    rows: 8,
    validation: [1.5, Number.NaN],
  },
  streams: { shuffle: [-1, 2 ** 31 - 1, 0, 5] },
  batches: { order: Uint32Array.of(2, 0, 1, 8), rowLosses: Float32Array.of(Number.NaN, 1, 2, 3) },
  executor: {
    weights: new Map([
      ["a.kernel", Float32Array.of(1, -0, 1e-40, Number.NaN, 5, 6)],
      ["a.mean", Float32Array.of(1, 2, 3)],
    ]),
    memory: new Map([["a.kernel.0", Float32Array.of(6, 5, 4, 3, 2, 1)]]),
    updates: 11,
  },
  earlyStopping: {
    waiting: { best: Number.POSITIVE_INFINITY, bestEpoch: null, waited: 2 },
    kept: new Map([["a.kernel", Float32Array.of(0, 0, 0, 0, 0, 1)]]),
  },
};

it("comes back as it was, to the last bit", () => {
  const name = writeCheckpoint(folder, network(2, 3), checkpoint);
  expect(name).toBe("checkpoint-11.safetensors");
  expect(readCheckpoint(folder, name)).toEqual(checkpoint);
  expect(readdirSync(folder)).toEqual([name]);
});

it("comes back without what a training has not", () => {
  const plain: Checkpoint = {
    ...checkpoint,
    batches: { order: checkpoint.batches.order },
    earlyStopping: null,
  };
  expect(readCheckpoint(folder, writeCheckpoint(folder, network(2, 3), plain))).toEqual(plain);
  const waiting = { best: 1, bestEpoch: 1, waited: 0 };
  const unkept: Checkpoint = { ...plain, earlyStopping: { waiting, kept: undefined } };
  expect(readCheckpoint(folder, writeCheckpoint(folder, network(2, 3), unkept))).toEqual(unkept);
});

it.each([
  ["no file", undefined, /^Cannot read the checkpoint .*other\.safetensors: no such file\.$/],
  [
    "text",
    "some text",
    /^Cannot read the checkpoint .*: The file is not a whole safetensors file\.$/,
  ],
])("refuses %s in one sentence", (_what, content, sentence) => {
  if (content !== undefined) writeFileSync(join(folder, "other.safetensors"), content);
  expect(() => readCheckpoint(folder, "other.safetensors")).toThrow(InputError);
  expect(() => readCheckpoint(folder, "other.safetensors")).toThrow(sentence);
});

const adam: RecipeOptimizer = { type: "adam", learningRate: 0.3, beta1: 0.5 };

it("fits the recipe that it came from, with other rates as well", () => {
  checkFits(checkpoint, network(2, 3), 4, { optimizer: adam, batchSize: 4 });
  const between = { ...checkpoint, position: { ...checkpoint.position, batch: 0, rows: 0 } };
  checkFits(between, network(2, 3), 4, { optimizer: adam, batchSize: "full" });
});

const sgd = (more: object): RecipeOptimizer => ({ type: "sgd", ...more });

it.each<[string, Network, number, RecipeOptimizer, number, string, RegExp]>([
  [
    "other layers",
    network(2, 4),
    4,
    adam,
    4,
    "layers",
    /others \(a\.kernel is 2 × 4 now\)\. Resume/,
  ],
  ["other rows", network(2, 3), 5, adam, 4, "data", /trained on 4 examples, and now there are 5\./],
  [
    "another optimizer",
    network(2, 3),
    4,
    sgd({}),
    4,
    "optimizer",
    /was adam, and is sgd without momentum now\./,
  ],
  ["other batches", network(2, 3), 4, adam, 2, "batchSize", /inside an epoch, .* another size\./],
])("does not fit %s", (_what, net, rows, optimizer, batchSize, setting, sentence) => {
  const check = () => checkFits(checkpoint, net, rows, { optimizer, batchSize });
  expect(check).toThrow(sentence);
  expect(check).toThrow(expect.objectContaining({ where: { recipe: [setting] } }));
});

it("tells apart whatever remembers other things", () => {
  const kinds = [
    sgd({}),
    sgd({ momentum: 0.9 }),
    sgd({ momentum: 0.9, momentumForm: "torch" }),
    sgd({ momentum: 0.9, nesterov: true }),
    { type: "rmsprop" },
    { type: "adamw" },
    adam,
  ] as RecipeOptimizer[];
  for (const before of kinds) {
    for (const now of kinds) {
      const check = () =>
        checkFits({ ...checkpoint, optimizer: before }, network(2, 3), 4, {
          optimizer: now,
          batchSize: 4,
        });
      if (before === now) check();
      else expect(check).toThrow(/its optimizer was/);
    }
  }
});
