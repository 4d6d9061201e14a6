/** Compiles the AssemblyScript of this folder: `node trainer/backends/kernels/simd/compile.mjs`, after any change there. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const HERE = import.meta.dirname;
const [, , out = join(HERE, "module.ts")] = process.argv;

const sources = readdirSync(HERE)
  .filter((name) => name.endsWith(".ts") && !["index.ts", "module.ts"].includes(name))
  .sort();
let binary = new Uint8Array();
const { error, stderr } = await asc.main(
  [
    ...sources,
    "--outFile=simd.wasm",
    "-O3",
    "--enable=simd",
    // The memory is TensorFlow.js's, and all in it is allocated from there.
    "--importMemory",
    "--runtime=stub",
    "--noAssert",
  ],
  {
    readFile: (name) => (sources.includes(name) ? readFileSync(join(HERE, name), "utf8") : null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  },
);
if (error) throw new Error(stderr.toString(), { cause: error });

const lines = [
  "/** Made by compile.mjs from the AssemblyScript beside it; never edited by hand. */",
  "export const MODULE =",
  `  "${Buffer.from(binary).toString("base64")}";`,
  "",
];
writeFileSync(out, lines.join("\n"));
