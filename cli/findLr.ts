/** `vitals find-lr FILE`: a learning-rate range test. */
import { Command } from "commander";
import { short } from "../diagnosis/format.ts";
import type { RangeTest } from "../diagnosis/rangeTest.ts";
import { testRange } from "../runs/rangeTest.ts";
import { encode } from "../telemetry/codec.ts";
import { EXIT } from "./errors.ts";
import { wholeNumber } from "./numbers.ts";
import { type ScratchOptions, scratchRequest, untilSignal } from "./scratch.ts";

/** Characters of the longest bar. */
const BAR = 40;
/** Steps of the test a line stands for: about a third of a decade. */
const EVERY = 4;

export function findLrCommand(): Command {
  return new Command("find-lr")
    .description("Tries learning rates from tiny to too large, and suggests one.")
    .argument("<file>", "the recipe")
    .option("--backend <name>", "auto, cuda, native, webgpu, wasm or cpu")
    .option("--seed <n>", "instead of the recipe's", wholeNumber)
    .option("--json", "print one JSON object")
    .action(async (file: string, options: ScratchOptions) => {
      process.exitCode = await untilSignal(async (signal) => {
        const test = await testRange(scratchRequest(file, options), signal);
        const line = encode({ kind: "rangeTest", ...test });
        process.stdout.write(`${options.json ? line : chart(test)}\n`);
        return test.suggestion === null ? EXIT.findings : EXIT.ok;
      });
    });
}

/** Rate, loss and a bar as long as the loss, up to where it diverges; an arrow at the suggestion. */
function chart({ points, losses, suggestion, reason }: RangeTest): string {
  const top = Math.max(...losses);
  const rates = losses.map((_, i) => points[i]!.learningRate);
  const nearest = nearestTo(suggestion ?? Number.NaN, rates);
  const lines = losses.flatMap((loss, i) => {
    if (i % EVERY !== nearest % EVERY) return [];
    const bar = "█".repeat(Math.max(0, Math.round((loss / top) * BAR)));
    const mark = i === nearest && suggestion !== null ? ` ← ${short(suggestion)}` : "";
    return [`${short(rates[i]!).padStart(8)}  ${short(loss).padStart(8)}  ${bar}${mark}`];
  });
  const head = `${"rate".padStart(8)}  ${"loss".padStart(8)}`;
  return [head, ...lines, "", reason].join("\n");
}

/** Index of the nearest by ratio; 0 where nothing is near. */
function nearestTo(rate: number, rates: readonly number[]): number {
  const distances = rates.map((one) => Math.abs(Math.log(one / rate)));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}
