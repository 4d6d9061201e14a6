/** `vitals train FILE`: trains a recipe or a script in a process of its own and says what is wrong. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import type { Summary } from "../diagnosis/finding.ts";
import { type Launched, launchTrainer } from "../runs/launch.ts";
import { exitReason } from "../runs/reason.ts";
import { RunSession } from "../runs/session.ts";
import { createRunFolder } from "../telemetry/files/folder.ts";
import { InputError } from "./errors.ts";
import { positive, wholeNumber } from "./numbers.ts";
import { optionsFor } from "./options.ts";
import { placed } from "./place.ts";
import { ProgressView } from "./progress.ts";
import { exitStatus, printResult } from "./report.ts";
import { printScores } from "./scores.ts";
import { checkTrainable } from "./trainable.ts";

interface Options {
  backend?: string;
  epochs?: number;
  maxSteps?: number;
  seed?: number;
  run?: string;
  resume?: string;
  folds?: number;
  seeds?: number;
  test?: boolean;
  json?: boolean;
}

/** The trainer is bundled beside the command. */
const TRAINER = fileURLToPath(new URL("trainer.cjs", import.meta.url));

export function trainCommand(): Command {
  return new Command("train")
    .description(
      "Trains a recipe (*.train.json) or a TensorFlow.js script, live, and prints what is wrong.",
    )
    .argument("<file>", "the recipe or the script")
    .argument("[arguments...]", "the script's own, after --")
    .option("--backend <name>", "auto, cuda, native, webgpu, wasm or cpu")
    .option("--epochs <n>", "instead of the recipe's", positive)
    .option("--max-steps <n>", "stop after this many weight updates", positive)
    .option("--seed <n>", "instead of the recipe's", wholeNumber)
    .option("--run <dir>", "the run folder; a new one under .vitals/runs by default")
    .option("--resume <run>", "go on from the last checkpoint of this run")
    .addOption(
      new Option("--folds <k>", "k-fold cross-validation: k runs, mean ± standard deviation")
        .argParser(positive)
        .conflicts(["resume", "test", "seeds"]),
    )
    .addOption(
      new Option("--seeds <n>", "n runs with seeds 1 to n: how much of a result is chance")
        .argParser(positive)
        .conflicts(["resume", "test", "seed"]),
    )
    .option("--test", "open the locked test set at the end; every use is counted")
    .option("--json", "print one JSON object a line: the findings, then the summary")
    .action(async (file: string, scriptArguments: string[], options: Options) => {
      process.exitCode = await train(resolve(file), scriptArguments, options);
    });
}

async function train(file: string, scriptArguments: string[], options: Options): Promise<number> {
  checkTrainable(file, options, scriptArguments);
  const { json = false, run } = options;
  const variants = variantsOf(options);
  const results: TrainResult[] = [];
  for (const { name, ...variant } of variants) {
    const folder = run ? resolve(run, name) : createRunFolder(process.cwd(), file);
    results.push(await trainOnce(file, folder, options, { ...variant, scriptArguments }));
  }
  const summaries = results.map(({ summary }) => summary);
  if (variants.length > 1) printScores(summaries, options.folds ? "folds" : "seeds", json);
  return Math.max(...results.map(({ status }) => status));
}

interface Variant {
  /** Of the folder inside the one that `--run` names; empty for a single run. */
  name: string;
  fold?: { index: number; of: number };
  seed?: number;
}

/** The runs that are asked for, one after the other: each takes the whole machine. */
function variantsOf({ folds, seeds }: Options): Variant[] {
  if (folds === 1) throw new InputError("--folds must be at least 2: 5 and 10 are usual.");
  const numbers = Array.from({ length: folds ?? seeds ?? 1 }, (_, i) => i + 1);
  if (folds) {
    return numbers.map((index) => ({ name: `fold-${index}`, fold: { index, of: folds } }));
  }
  if (seeds) return numbers.map((seed) => ({ name: `seed-${seed}`, seed }));
  return [{ name: "" }];
}

interface TrainResult {
  /** The exit status that it asks for. */
  status: number;
  summary: Summary;
}

async function trainOnce(
  file: string,
  folder: string,
  { backend, epochs, maxSteps, seed, resume, test = false, json = false }: Options,
  rest: Omit<Variant, "name"> & { scriptArguments: string[] },
): Promise<TrainResult> {
  const diagnosis = optionsFor(file);
  const launched = await launchTrainer({
    file,
    folder,
    trainer: TRAINER,
    node: process.execPath,
    test,
    ...(backend !== undefined && { backend }),
    ...(epochs !== undefined && { epochs }),
    ...(maxSteps !== undefined && { maxSteps }),
    ...(seed !== undefined && { seed }),
    ...(resume !== undefined && { resume: resolve(resume) }),
    ...rest,
  });
  stopOnSignals(launched);
  const session = new RunSession(folder, diagnosis);
  const progress = new ProgressView(session, json);
  launched.exited.then((exit) => session.processExited(exitReason(folder, exit)));
  await closed(session);
  progress.stop();

  const summary = session.summary(folder, session.status, session.error);
  const cause = session.end?.cause ?? null;
  if (session.end && cause === "input") {
    throw new InputError(placed(session.end.error ?? "", session.end.anchor));
  }
  printResult(session.findings, summary, json);
  if (session.status === "failed") process.stderr.write(`${session.error}\n`);
  return { status: exitStatus(summary, cause), summary };
}

/** The first signal lets the trainer end in order; a second one ends the command at once. */
function stopOnSignals(launched: Launched): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => launched.interrupt());
}

function closed(session: RunSession): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = session.onChange(() => {
      if (!session.closed) return;
      unsubscribe();
      resolve();
    });
  });
}
