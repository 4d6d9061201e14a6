/** Matrix products: TensorFlow.js's own are slow where a factor is new, and slower where it is transposed. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { addressOf, FLOAT, floatsOf, type Kernel, repeat, replaceKernel } from "./kernel.ts";
import { Products, type Right, type Rows } from "./product.ts";
import type { Simd } from "./simd/index.ts";

interface Factors {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
}

type Plain = Kernel<Factors, tf.BatchMatMulAttrs>;
type Fused = Kernel<Factors & { bias?: tf.TensorInfo }, tf._FusedMatMulAttrs>;

export function supplyMatmul(simd: Simd): void {
  replaceKernel(tf.BatchMatMul, (): Plain => {
    return ({ inputs, attrs, backend }) => {
      const out = makeProduct(inputs, attrs, backend);
      multiply(simd, inputs, attrs, backend, out, false);
      return out;
    };
  });
  replaceKernel(tf._FusedMatMul, (stock: Fused): Fused => {
    return (call) => {
      const { inputs, attrs, backend } = call;
      const { bias } = inputs;
      const plain = attrs.activation === "linear" && (!bias || bias.shape.length === 1);
      if (!plain) return stock(call);
      const out = makeProduct(inputs, attrs, backend);
      if (bias) repeat(floatsOf(backend, bias), floatsOf(backend, out));
      multiply(simd, inputs, attrs, backend, out, Boolean(bias));
      return out;
    };
  });
}

type Transposes = Pick<tf.BatchMatMulAttrs, "transposeA" | "transposeB">;

/** Rows and columns of a factor as it takes part in the product. */
function sides({ shape }: tf.TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

function makeProduct(
  { a, b }: Factors,
  { transposeA, transposeB }: Transposes,
  backend: BackendWasm,
): tf.TensorInfo {
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
  const [rows] = sides(a, transposeA);
  const [, columns] = sides(b, transposeB);
  return backend.makeOutput([...outer, rows, columns], "float32");
}

function multiply(
  simd: Simd,
  { a, b }: Factors,
  { transposeA, transposeB }: Transposes,
  backend: BackendWasm,
  out: tf.TensorInfo,
  accumulate: boolean,
): void {
  const [m, k] = sides(a, transposeA);
  const [, n] = sides(b, transposeB);
  const [aRow, aColumn] = transposeA ? [FLOAT, m * FLOAT] : [k * FLOAT, FLOAT];
  const rows: Rows = {
    offsets: Array.from({ length: m }, (_, i) => i * aRow),
    inner: { count: k, step: aColumn },
    outer: { count: 1, step: 0 },
  };
  const right: Omit<Right, "address"> = {
    row: transposeB ? FLOAT : n * FLOAT,
    column: transposeB ? k * FLOAT : FLOAT,
    columns: n,
  };
  const products = new Products(simd, backend, rows);
  const batches = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape.slice(0, -2));
  for (let i = 0; i < batches(out); i++) {
    const address = addressOf(backend, b) + (i % batches(b)) * k * n * FLOAT;
    products.multiply(
      addressOf(backend, a) + (i % batches(a)) * m * k * FLOAT,
      { ...right, address },
      addressOf(backend, out) + i * m * n * FLOAT,
      accumulate,
    );
  }
  products.dispose();
}
