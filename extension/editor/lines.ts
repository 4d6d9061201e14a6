import * as vscode from "vscode";
import type { Span } from "./place.ts";

/** Offsets of a text to lines and columns, without opening a document. */
export class Lines {
  readonly text: string;
  readonly #starts = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  range({ offset, length }: Span): vscode.Range {
    return new vscode.Range(this.#position(offset), this.#position(offset + length));
  }

  #position(offset: number): vscode.Position {
    const line = this.#starts.findLastIndex((start) => start <= offset);
    return new vscode.Position(line, offset - (this.#starts[line] ?? 0));
  }
}
