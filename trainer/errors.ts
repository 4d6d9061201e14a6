/** Mistakes of the user, as opposed to failures of the machine. */
import type { JSONPath } from "jsonc-parser";
import type { ReadRecipe } from "../recipe/read.ts";

/** A place in a file; line and column count from 1. */
export interface FilePlace {
  file: string;
  line: number;
  column: number;
}

/** Where the mistake stands: a value of the recipe, or a place in a file. */
export type Where = { recipe: JSONPath } | FilePlace;

/** What the user gave is wrong; the message is one sentence that says what and how to put it right. */
export class InputError extends Error {
  override name = "InputError";
  constructor(
    message: string,
    readonly where?: Where,
    /** Further mistakes found in the same look. */
    readonly others: InputError[] = [],
  ) {
    super(message);
  }

  /** The same error with its place in the recipe's text, where it named a value of the recipe. */
  located(file: string, locate: ReadRecipe["locate"]): InputError {
    if (!this.where || !("recipe" in this.where)) return this;
    const { line, column } = locate(this.where.recipe);
    return new InputError(this.message, { file, line, column });
  }

  /** For a terminal: `file:line:column: message`, or the message alone; one line a mistake. */
  lines(): string[] {
    const { where, message } = this;
    const place = where && "file" in where ? `${where.file}:${where.line}:${where.column}: ` : "";
    return [place + message, ...this.others.flatMap((other) => other.lines())];
  }
}
