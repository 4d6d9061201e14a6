/** Our loop without any telemetry: the product has no switch for that, so the bundler takes the lines out. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * File → what goes, and what stands there instead.
 * @type {Record<string, [RegExp, string][]>}
 */
const CHANGES = {
  "trainer/loop/train.ts": [
    [/ {4}this\.#writeStep\(batch, learningRate, figures\);\n.*flushIfDue.*\n/, ""],
  ],
  "trainer/backends/hostExecutor.ts": [
    [/ {4}if \(this\.#network\.layers\[layer\]!\.measured\) .*\n/, ""],
    [/ {4}if \(watch && head >= 0\) .*\n/, ""],
  ],
  "trainer/optimizers/formula/compile.ts": [[/return \[\.\.\.square, .*\];/, "return [];"]],
};

/** @type {import("esbuild").Plugin} */
export const unmeasured = {
  name: "unmeasured",
  setup(build) {
    build.onLoad({ filter: /[\\/]trainer[\\/].*\.ts$/ }, ({ path }) => {
      const file = relative(process.cwd(), path).replaceAll("\\", "/");
      const changes = CHANGES[file];
      if (!changes) return undefined;
      let contents = readFileSync(path, "utf8");
      for (const [pattern, replacement] of changes) {
        if (!pattern.test(contents))
          throw new Error(`${file} has nothing like ${pattern} any more.`);
        contents = contents.replace(pattern, replacement);
      }
      return { contents, loader: "ts" };
    });
  },
};
