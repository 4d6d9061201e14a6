/** Matrix products on WebAssembly, with factors that lie in memory as they please. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, FLOAT } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

/** `count` numbers or runs of numbers, `step` bytes apart. */
interface Run {
  count: number;
  step: number;
}

/** How the rows of the left factor lie, from an address that each product gives. */
export interface Rows {
  /** Where each begins, in bytes. */
  offsets: number[];
  /** Within a row: `outer` runs of `inner`. */
  inner: Run;
  outer: Run;
}

/** The right factor, with `outer.count · inner.count` rows. */
export interface Right {
  address: number;
  /** Bytes between its rows, and between its columns. */
  row: number;
  column: number;
  columns: number;
}

/** Any number of products whose left factors lie alike. */
export class Products {
  readonly #simd: Simd;
  readonly #backend: BackendWasm;
  readonly #rows: Rows;
  readonly #workspace: tf.TensorInfo;
  readonly #table: number;

  constructor(simd: Simd, backend: BackendWasm, rows: Rows) {
    this.#simd = simd;
    this.#backend = backend;
    this.#rows = rows;
    const { offsets, inner, outer } = rows;
    this.#table = Math.ceil(offsets.length / 4) * 4;
    const panel = inner.count * outer.count * 8 + 32;
    this.#workspace = backend.makeOutput([this.#table + panel], "int32");
    const table = backend.typedArrayFromHeap(this.#workspace);
    table.set(offsets);
    table.fill(offsets.at(-1) ?? 0, offsets.length, this.#table);
  }

  /**
   * C = A · B, or C += A · B.
   * @param a address of the left factor
   * @param c address of the result, whose rows follow each other
   */
  multiply(a: number, b: Right, c: number, accumulate: boolean): void {
    const { offsets, inner, outer } = this.#rows;
    const table = addressOf(this.#backend, this.#workspace);
    this.#simd.product(
      table,
      offsets.length,
      a,
      inner.step,
      outer.step,
      inner.count,
      outer.count,
      b.address,
      b.row,
      b.column,
      b.columns,
      table + this.#table * FLOAT,
      c,
      b.columns * FLOAT,
      accumulate,
    );
  }

  dispose(): void {
    this.#backend.disposeData(this.#workspace.dataId);
  }
}
