/**
 * `npm run zoo`: trains the cases of the fault zoo that are not recorded yet, scores what the diagnosis says of them and
 * writes `test/zoo/results.md`. `-- --help` names the options.
 */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const bundled = mkdtempSync(join(tmpdir(), "vitals-zoo-"));
symlinkSync(resolve("node_modules"), join(bundled, "node_modules"), "junction");
try {
  await esbuild.build({
    entryPoints: { zoo: "test/zoo/main.ts" },
    outdir: bundled,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  const { main } = await import(pathToFileURL(join(bundled, "zoo.mjs")).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(bundled, { recursive: true });
}
