/** The typed way to register, run and link commands. */
import * as vscode from "vscode";
import type { CommandArguments, CommandHandlers, CommandId } from "./ids.ts";

/** Registers all commands; a failure becomes one message and a line in the log. */
export function registerCommands(
  handlers: CommandHandlers,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await (handler as (...args: unknown[]) => unknown)(...args);
      } catch (error) {
        log.error(`${id}:`, error as Error);
        vscode.window.showErrorMessage((error as Error).message);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** Runs one of our commands. */
export function runCommand<Id extends CommandId>(
  id: Id,
  ...args: CommandArguments[Id]
): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** One of our commands for a tree item, a code action or the status bar. */
export function asCommand<Id extends CommandId>(
  id: Id,
  title: string,
  ...args: CommandArguments[Id]
): vscode.Command {
  return { command: id, title, arguments: args };
}
