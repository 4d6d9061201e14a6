/** What a format of another tool is: how its files are known, and how they become curves. */
import type { Recording } from "./recording.ts";

interface FormatBase {
  /** Who wrote it. */
  readonly tool: string;
  /** What people call such files. */
  readonly files: string;
  /**
   * @param path with forward slashes
   * @param columns reads those of the first line, for a table
   */
  owns(path: string, columns: () => readonly string[]): boolean;
  /** The folder or file that holds the whole run: files with the same answer are read together. */
  runOf(path: string): string;
}

/** Fed with pieces of the file, in order. */
export interface BytesFormat extends FormatBase {
  readonly kind: "bytes";
  /** @param folder name of the folder that the file lies in */
  open(
    recording: Recording,
    folder: string,
  ): {
    push(bytes: Uint8Array): void;
    /** Records that could not be read. */
    readonly damaged: number;
  };
}

/** Fed with the rows of a table below its header; all cells are trimmed text. */
export interface TableFormat extends FormatBase {
  readonly kind: "table";
  /** @returns a function that takes a row, and gives false where it is damaged */
  open(
    recording: Recording,
    path: string,
    columns: readonly string[],
  ): (row: readonly string[]) => boolean;
}

export type Format = BytesFormat | TableFormat;
