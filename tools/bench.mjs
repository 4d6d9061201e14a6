/**
 * `npm run bench [-- GROUP…] [--json] [--backend NAME…]`: every benchmark beside its baseline, measured in the same run.
 * The group `trainer` takes names of backends; by default it measures all that start.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { run } from "./install.mjs";
import { bundlePeers } from "./peers.mjs";

const SOURCES = "test/bench";
const groups = readdirSync(SOURCES)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.slice(0, -".bench.ts".length));
const { values, positionals } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    backend: { type: "string", multiple: true, default: [] },
  },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !groups.includes(name));
if (unknown) {
  console.error(`There is no group "${unknown}": choose from ${groups.join(", ")}.`);
  process.exit(2);
}
if (!existsSync("dist/training-vitals.vsix")) {
  console.error("Building and packaging first, for what is measured is what ships.");
  run("npm", ["run", "--silent", "build"]);
  run("npm", ["run", "--silent", "package"]);
}

// Where no build clears up meanwhile; the benchmarks find the project's packages from there.
const bundled = mkdtempSync(join(tmpdir(), "vitals-bench-"));
symlinkSync(resolve("node_modules"), join(bundled, "node_modules"), "junction");
for (const group of groups.filter((g) => positionals.length === 0 || positionals.includes(g))) {
  await esbuild.build({
    entryPoints: [join(SOURCES, `${group}.bench.ts`)],
    outfile: join(bundled, `${group}.mjs`),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  if (group === "trainer") await bundlePeers(bundled);
  const { run: measure } = await import(pathToFileURL(join(bundled, `${group}.mjs`)).href);
  for await (const row of await measure(values.backend)) print(row);
}
rmSync(bundled, { recursive: true });

function print(row) {
  if (values.json) {
    console.log(JSON.stringify(row));
    return;
  }
  const verdict =
    row.goal === null ? "no goal" : `goal ${row.goal} ${row.value <= row.goal ? "met" : "missed"}`;
  console.log(
    `${row.bench.padEnd(44)} ${row.value.toFixed(3).padStart(8)} ${row.unit} · ${verdict} · against ${row.baseline}`,
  );
}
