/**
 * Trains the Fashion-MNIST example on every GPU backend that starts and measures it there: what `npm run gpu` runs.
 * Exit status: 0 measured, 1 no GPU.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readRecipe } from "../../../recipe/read.ts";
import type { Net } from "../peers/nets.ts";
import { Peer } from "../peers/peer.ts";
import { settingOf, type Where } from "../peers/setting.ts";
import { prepareExample, type Training, trainExample } from "./example.ts";
import { measure, type Speed } from "./measure.ts";

const RECIPE = join(import.meta.dirname, "fashion-mnist.train.json");
const RESULTS = "test/bench/results";
const BACKENDS = ["cuda", "webgpu"];
/** The recipe's, and one that gives a large GPU something to do. */
const BATCH_SIZES = [64, 1024];

const { values: options } = parseArgs({
  options: {
    /** Little data, few batches, and nothing is written: to try the command. */
    tiny: { type: "boolean", default: false },
    /** Takes a GPU that is software. */
    software: { type: "boolean", default: false },
  },
});
const scratch = mkdtempSync(join(tmpdir(), "vitals-gpu-"));
const recipe = readRecipe(readFileSync(RECIPE, "utf8")).recipe!;
const net = { name: "Fashion-MNIST CNN", shape: [28, 28, 1], layers: recipe.layers } as Net;
const example = prepareExample(recipe, RECIPE, scratch, options.tiny);

let measured = 0;
for (const backend of BACKENDS) {
  const where = { backend, software: options.software };
  try {
    (await Peer.node("ours", settingOf(net, where, 1))).stop();
  } catch (error) {
    console.log(
      `${backend}: nothing measured, for it does not start here: ${(error as Error).message}`,
    );
    continue;
  }
  await report(where);
  measured++;
}
rmSync(scratch, { recursive: true });
if (measured === 0) console.log("No GPU was used: nothing is written.");
process.exit(measured > 0 ? 0 : 1);

async function report(where: Where): Promise<void> {
  const training = trainExample(example.file, scratch, where.backend);
  console.log(
    `${training.backend} on ${training.device}: ${training.status} after ${training.steps} steps in ${training.seconds.toFixed(1)} s on ${example.data}; ` +
      `validation ${JSON.stringify(training.validation)}, test ${JSON.stringify(training.test)}`,
  );
  const speeds: Speed[] = [];
  for (const batchSize of options.tiny ? BATCH_SIZES.slice(0, 1) : BATCH_SIZES) {
    const [batches, pairs] = options.tiny ? [1, 2] : [50, 12];
    const speed = await measure(net, where, batchSize, batches, pairs);
    const { here, wasm } = speed.stepsPerSecond;
    console.log(
      `batch ${batchSize}: ${here.toFixed(1)} steps/s, wasm on the processor ${wasm.toFixed(1)} steps/s`,
    );
    for (const { bench, value, baseline } of speed.rows) {
      console.log(`  ${bench}: ${value.toFixed(3)} of ${baseline}`);
    }
    speeds.push(speed);
  }
  if (!options.tiny) write({ training, speeds });
}

function write(figures: { training: Training; speeds: Speed[] }): void {
  const { backend, device } = figures.training;
  const date = new Date().toISOString().slice(0, 10);
  // Behind the name stand the driver and its version.
  const name = device
    .split(" (")[0]!
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const machine = {
    processor: cpus()[0]?.model.trim(),
    platform: `${process.platform}-${process.arch}, Node.js ${process.version}`,
  };
  const results = { date, ...machine, data: example.data, ...figures };
  const file = join(RESULTS, `${name}-${backend}-${date}.json`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`Written: ${file}`);
}
