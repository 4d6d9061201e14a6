/**
 * `npm run gpu [-- --tiny] [--software]`: trains the Fashion-MNIST example on this machine's GPU and measures it;
 * the figures go to `test/bench/results/`. It builds `dist/gpu`, which needs nothing else: on a machine without a
 * package registry carry that folder there and run `node dist/gpu/main.mjs`.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { installDependencies, run } from "./install.mjs";
import { bundlePeers, copyWasm } from "./peers.mjs";

const TARGET = "dist/gpu";

installDependencies();
run("npm", ["run", "--silent", "build"]);
mkdirSync(TARGET, { recursive: true });
for (const file of ["vitals.js", "trainer.cjs"])
  copyFileSync(join("dist", file), join(TARGET, file));
copyFileSync("examples/fashion-mnist.train.json", join(TARGET, "fashion-mnist.train.json"));
copyWasm(TARGET);
await bundlePeers(TARGET);
await esbuild.build({
  entryPoints: ["test/bench/gpu/main.ts"],
  outfile: join(TARGET, "main.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  logLevel: "warning",
});
copyDawn();
const { status } = spawnSync(
  process.execPath,
  [join(TARGET, "main.mjs"), ...process.argv.slice(2)],
  { stdio: "inherit" },
);
process.exit(status ?? 1);

/** Of the package `webgpu` only what this kind of machine needs: it has 132 MB for all kinds. */
function copyDawn() {
  const from = "node_modules/webgpu";
  if (!existsSync(from)) return;
  const to = join(TARGET, from);
  const platform =
    process.platform === "darwin" ? "darwin-universal" : `${process.platform}-${process.arch}`;
  mkdirSync(join(to, "dist"), { recursive: true });
  for (const file of ["package.json", "index.js", "LICENSE.md"]) {
    copyFileSync(join(from, file), join(to, file));
  }
  cpSync(join(from, "dist", platform), join(to, "dist", platform), { recursive: true });
}
