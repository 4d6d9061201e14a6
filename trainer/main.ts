/**
 * The trainer's process; `arguments.ts` has its flags.
 * Exit status: 0 completed, stopped or diverged; 2 the input was wrong; 3 the training or the run folder failed.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type ReadRecipe, readRecipe } from "../recipe/read.ts";
import type { Recipe } from "../recipe/schema.ts";
import type { EndEvent } from "../telemetry/events.ts";
import { reasonOf } from "../telemetry/files/folder.ts";
import { EventWriter } from "../telemetry/files/writer.ts";
import { describeRun } from "./announce.ts";
import { type Arguments, readArguments, type Test } from "./arguments.ts";
import { startBackend } from "./backends/index.ts";
import { loadData } from "./data/index.ts";
import { summarize } from "./data/summary.ts";
import { InputError } from "./errors.ts";
import { checkFits } from "./loop/checkpoint.ts";
import { Control } from "./loop/control.ts";
import { finish } from "./loop/finish.ts";
import { onOneBatch, overfitBatch } from "./loop/overfitBatch.ts";
import { preflight } from "./loop/preflight.ts";
import { rangeTest } from "./loop/rangeTest.ts";
import { type Training, train } from "./loop/train.ts";
import { buildNetwork } from "./model/build.ts";
import { Streams } from "./random.ts";
import { openRun } from "./resume.ts";

const TESTS: Record<Test["kind"], (training: Training) => Promise<void>> = {
  preflight,
  overfitBatch,
  rangeTest,
};

const WRONG_INPUT = 2;
const FAILED = 3;

/** Runs one training and says what went wrong, in one sentence. @returns the exit status */
async function main(argv: string[]): Promise<number> {
  const began = performance.now();
  const clock = () => (performance.now() - began) / 1000;
  let writer: EventWriter | undefined;
  try {
    const args = readArguments(argv);
    writer = new EventWriter(args.run);
    await run(args, writer, clock);
    writer.close();
    return 0;
  } catch (error) {
    const wrongInput = error instanceof InputError;
    const sentence = (error as Error).message.split("\n")[0]!;
    const lines = wrongInput ? error.lines() : [sentence];
    process.stderr.write(`${lines.join("\n")}\n`);
    const end = failure(sentence, wrongInput ? error : undefined, clock());
    try {
      writer?.write(end);
    } catch {
      // The disk is full: what is wrong has just been said.
    }
    return wrongInput ? WRONG_INPUT : FAILED;
  }
}

/** @throws {InputError} with the place in the recipe's text */
async function run(args: Arguments, writer: EventWriter, clock: () => number): Promise<void> {
  const file = resolve(args.recipe);
  const { recipe: given, locate } = openRecipe(file);
  try {
    const control = new Control(args.run);
    process.on("SIGTERM", control.stop);
    process.on("SIGINT", control.stop);
    const resumed = args.resume === undefined ? undefined : openRun(resolve(args.resume));
    const seed = resumed?.checkpoint.seed ?? args.seed ?? given.seed ?? 1;
    const fold = resumed ? resumed.fold : args.fold;
    const loaded = await loadData(given, dirname(file), seed, fold);
    const { instead } = args;
    const { recipe, data } =
      instead?.kind === "overfitBatch"
        ? onOneBatch(given, loaded, instead.rows)
        : { recipe: given, data: loaded };
    const { backend, choice } = await startBackend(args.backend, dirname(file));
    const streams = new Streams(seed);
    const network = await buildNetwork(recipe, data, streams);
    if (resumed) checkFits(resumed.checkpoint, network, data.train.rows, recipe);
    const before = resumed?.checkpoint.seconds ?? 0;
    const training: Training = {
      recipe,
      data,
      network,
      executor: backend.execute(network, recipe.optimizer),
      writer,
      control,
      streams,
      runFolder: resolve(args.run),
      epochs: args.epochs ?? recipe.epochs,
      maxSteps: args.maxSteps ?? Number.POSITIVE_INFINITY,
      clock: () => before + clock(),
      ...(resumed && { resumed: resumed.checkpoint }),
    };
    writer.write({
      ...describeRun(training, file, locate, backend),
      choice,
      ...(fold && { fold }),
      ...(resumed && { resumed: { run: resumed.run, step: resumed.checkpoint.position.step } }),
    });
    writer.write(summarize(data, recipe.shuffle ?? true));
    for (const event of resumed?.past ?? []) writer.write(event);
    if (instead) await TESTS[instead.kind](training);
    else await finish(training, await train(training), args.test);
  } catch (error) {
    throw error instanceof InputError ? error.located(file, locate) : error;
  }
}

function openRecipe(file: string): { recipe: Recipe; locate: ReadRecipe["locate"] } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`Cannot read the recipe ${file}: ${reasonOf(error)}.`);
  }
  const { recipe, problems, locate } = readRecipe(text);
  if (recipe) return { recipe, locate };
  const [first, ...others] = problems.map(
    ({ message, line, column }) => new InputError(message, { file, line, column }),
  );
  throw new InputError(first!.message, first!.where, others);
}

function failure(error: string, mistake: InputError | undefined, seconds: number): EndEvent {
  const where = mistake?.where;
  return {
    kind: "end",
    status: "failed",
    step: 0,
    epoch: 0,
    seconds,
    error,
    cause: mistake ? "input" : "training",
    anchor: where && "file" in where ? where : null,
    bestEpoch: null,
    train: null,
    validation: null,
    test: null,
    testUses: null,
  };
}

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
