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
import { prepareExample, trainExample } from "./example.ts";
import { measure } from "./measure.ts";

const RECIPE = join(import.meta.dirname, "fashion-mnist.train.json");
const RESULTS = "test/bench/results";
const BACKENDS = ["cuda", "webgpu"];
/** The recipe's, and one that gives a large GPU something to do. */
const BATCH_SIZES = [64, 1024];

const { values: options } = parseArgs({
  options: {
    /** Weight updates of the training; measures shortly, too: to try the command. */
    "max-steps": { type: "string" },
    /** Takes a GPU that is software. */
    software: { type: "boolean", default: false },
  },
});
const maxSteps = options["max-steps"];
const scratch = mkdtempSync(join(tmpdir(), "vitals-gpu-"));
const recipe = readRecipe(readFileSync(RECIPE, "utf8")).recipe!;
const net = { name: "Fashion-MNIST CNN", shape: [28, 28, 1], layers: recipe.layers } as Net;
const example = prepareExample(recipe, RECIPE, scratch);

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
  const training = trainExample(example.file, scratch, where.backend, maxSteps);
  console.log(
    `${training.backend} on ${training.device}: ${training.status} after ${training.steps} steps in ${training.seconds.toFixed(1)} s on ${example.data}; ` +
      `validation ${JSON.stringify(training.validation)}, test ${JSON.stringify(training.test)}`,
  );
  const speeds = [];
  for (const batchSize of maxSteps === undefined ? BATCH_SIZES : BATCH_SIZES.slice(0, 1)) {
    const [batches, pairs] = maxSteps === undefined ? [50, 12] : [2, 2];
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
  const date = new Date().toISOString().slice(0, 10);
  const slug = training.device
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const file = join(RESULTS, `${slug.slice(0, 60)}-${where.backend}-${date}.json`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify(
      {
        date,
        processor: cpus()[0]?.model.trim(),
        platform: `${process.platform}-${process.arch}, Node.js ${process.version}`,
        data: example.data,
        training,
        speeds,
      },
      null,
      2,
    )}\n`,
  );
  console.log(`Written: ${file}`);
}
