/** Bundles the processes that benchmarks time: whole, so that they run wherever a Node.js is. */
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { unmeasured } from "../test/bench/peers/unmeasured.mjs";

const SOURCES = "test/bench/peers";
const require = createRequire(import.meta.url);

/** @param {string} folder which gets a folder `peers` */
export async function bundlePeers(folder) {
  const outdir = join(folder, "peers");
  mkdirSync(outdir, { recursive: true });
  const bundle = (entryPoints, plugins) =>
    esbuild.build({
      entryPoints,
      outdir,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
      logLevel: "warning",
      plugins,
    });
  await bundle({ ours: `${SOURCES}/ours.ts`, stock: `${SOURCES}/stock.ts` }, []);
  await bundle({ unmeasured: `${SOURCES}/ours.ts` }, [unmeasured]);
  copyWasm(outdir);
}

/** The WebAssembly backend loads these from beside the program. @param {string} folder */
export function copyWasm(folder) {
  const backend = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  for (const file of ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"]) {
    copyFileSync(join(backend, "wasm-out", file), join(folder, file));
  }
}
