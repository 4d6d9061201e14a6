/** The `vitals` command: one file a subcommand. */
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { RunFolderError } from "../telemetry/files/folder.ts";
import { checkCommand } from "./check.ts";
import { EXIT, InputError } from "./errors.ts";
import { findLrCommand } from "./findLr.ts";
import { lessonsCommand } from "./lessons.ts";
import { preflightCommand } from "./preflight.ts";
import { trainCommand } from "./train.ts";

const program = new Command("vitals")
  .description("Trains neural networks, watches their vital signs and says what is wrong.")
  .version(manifest.version)
  .addCommand(trainCommand())
  .addCommand(checkCommand())
  .addCommand(preflightCommand())
  .addCommand(findLrCommand())
  .addCommand(lessonsCommand());

for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({
    outputError: (text, write) => write(`vitals: ${text.replace(/^error: /, "")}`),
  });
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what is wrong in one line; anything unforeseen keeps its stack, for it is our mistake. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
  if (error instanceof InputError || error instanceof RunFolderError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.input;
  }
  process.stderr.write(`${(error as Error).stack ?? error}\n`);
  return EXIT.failed;
}
