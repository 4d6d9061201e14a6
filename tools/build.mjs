/** Bundles everything that ships into `dist/`. */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";

const DIST = "dist";
const common = { bundle: true, minify: true, sourcesContent: false, logLevel: "warning" };
const node = {
  ...common,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Its main file is a UMD wrapper whose inner requires no bundler can follow.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
};

/** The probe works with the script's own TensorFlow.js, which is found when it runs. */
const scriptsOwnTensorFlow = {
  name: "scripts-own-tensorflow",
  setup(build) {
    const namespace = "scripts-own";
    build.onResolve({ filter: /^@tensorflow\/tfjs-(core|layers)$/ }, ({ path }) => ({
      path,
      namespace,
    }));
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = require("./trainer/script/tensorflow.ts").requireOwn("${path}");`,
      resolveDir: process.cwd(),
    }));
  },
};

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
await Promise.all([
  esbuild.build({
    ...node,
    entryPoints: { extension: "extension/extension.ts" },
    outdir: DIST,
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
  }),
  esbuild.build({
    ...node,
    entryPoints: { trainer: "trainer/main.ts", lessons: "trainer/lessons/main.ts" },
    outdir: DIST,
    outExtension: { ".js": ".cjs" },
  }),
  esbuild.build({
    ...node,
    entryPoints: { probe: "trainer/script/main.ts" },
    outdir: DIST,
    outExtension: { ".js": ".cjs" },
    plugins: [scriptsOwnTensorFlow],
  }),
  esbuild.build({
    ...node,
    format: "esm",
    entryPoints: { vitals: "cli/vitals.ts" },
    outdir: DIST,
    // CommonJS dependencies inside an ES module still call `require`.
    banner: {
      js: [
        "#!/usr/bin/env node",
        'import { createRequire } from "node:module";',
        "const require = createRequire(import.meta.url);",
      ].join("\n"),
    },
  }),
  esbuild.build({
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: { webview: "webview/page.ts" },
    outdir: DIST,
  }),
]);
chmodSync(join(DIST, "vitals.js"), 0o755);
// Only an ES module can make the script wait.
writeFileSync(join(DIST, "probe.mjs"), 'import probe from "./probe.cjs";\nawait probe.ready;\n');
copyWasm();
await writeSchema("recipe/schema.ts", "recipe.schema.json");
await writeSchema("runs/options/schema.ts", "vitals.schema.json");

/** The WebAssembly backend loads these from beside the trainer. */
function copyWasm() {
  const require = createRequire(import.meta.url);
  const backend = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  for (const file of ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"]) {
    copyFileSync(join(backend, "wasm-out", file), join(DIST, file));
  }
}

/** The code is the one source; the editor wants its schema as a JSON file. */
async function writeSchema(source, file) {
  const { outputFiles } = await esbuild.build({
    ...common,
    platform: "node",
    format: "esm",
    entryPoints: [source],
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const { editorSchema } = await import(`data:text/javascript;base64,${code}`);
  writeFileSync(join(DIST, file), JSON.stringify(editorSchema(), null, 1));
}
