/** The kernels that are written in AssemblyScript, at work in the memory of TensorFlow.js's WebAssembly backend. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { MODULE } from "./module.ts";

type RowOperation = (x: number, b: number, row: number, y: number, bytes: number) => void;

/** Addresses and distances are in bytes; see the AssemblyScript for the rest. */
export interface Simd {
  product(
    rows: number,
    m: number,
    a: number,
    aInner: number,
    aOuter: number,
    inner: number,
    outer: number,
    b: number,
    bRow: number,
    bColumn: number,
    n: number,
    scratch: number,
    c: number,
    cRow: number,
    accumulate: boolean,
  ): void;
  pool(
    averages: boolean,
    gradients: boolean,
    x: number,
    y: number,
    dy: number,
    dx: number,
    images: number,
    height: number,
    width: number,
    pixel: number,
    outHeight: number,
    outWidth: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
  ): void;
  sum(x: number, outer: number, reduced: number, inner: number, divisor: number, y: number): void;
  relu(x: number, y: number, bytes: number): void;
  reluGradient(x: number, dy: number, dx: number, bytes: number): void;
  addRow: RowOperation;
  subtractRow: RowOperation;
  multiplyRow: RowOperation;
}

/** Node has it; its types come with a browser's only. */
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
};

export function startSimd({ wasm }: BackendWasm): Simd {
  const { memory } = (wasm as unknown as { asm: { memory: object } }).asm;
  const module = new WebAssembly.Module(Buffer.from(MODULE, "base64"));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as Simd;
}
