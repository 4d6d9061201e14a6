/** Our loop without any telemetry: the product has no switch for that, so the bundler takes the lines out. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * What goes from which file, and what stands there instead.
 * @type {Record<string, [RegExp, string][]>}
 */
export const CHANGES = {
  "trainer/loop/train.ts": [
    [/ {4}const layers = this\.#columns\(figures\);\n(.*\n)*?.*flushIfDue.*\n/, ""],
  ],
  "trainer/optimizers/formula/compile.ts": [[/return \[\.\.\.square, .*\];/, "return [];"]],
  "trainer/backends/hostExecutor.ts": [
    [/ {4}if \(this\.#network\.layers\[layer\]!\.measured\) .*\n/, ""],
    [/ {4}if \(watch && head >= 0\) .*\n/, ""],
  ],
  "trainer/backends/webgpu/update.ts": [[/ {4}sums \+= .*\n/, ""]],
  "trainer/backends/webgpu/optimizer.ts": [
    [
      /return this\.parameters\.map\(\(parameter\) => parameter\.squares\(figures\)\);/,
      "return [];",
    ],
  ],
  "trainer/backends/webgpu/executor.ts": [
    [/(readonly #see: Observer = ).*/, "$1() => {};"],
    [/ {4}if \(head >= 0\) .*\n/, ""],
    [/return this\.#activations\.map\(\(layer\) => layer\.figures\(.*\);/, "return [];"],
  ],
};

/** @throws {Error} a line is not there any more */
export function withoutTelemetry(/** @type {string} */ file) {
  let text = readFileSync(file, "utf8");
  for (const [line, instead] of CHANGES[file] ?? []) {
    if (!line.test(text)) throw new Error(`${file} has nothing like ${line} any more.`);
    text = text.replace(line, instead);
  }
  return text;
}

/** @type {import("esbuild").Plugin} */
export const unmeasured = {
  name: "unmeasured",
  setup(build) {
    build.onLoad({ filter: /[\\/]trainer[\\/].*\.ts$/ }, ({ path }) => {
      const file = relative(process.cwd(), path).replaceAll("\\", "/");
      return { contents: withoutTelemetry(file), loader: "ts" };
    });
  },
};
