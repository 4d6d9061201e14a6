/**
 * Everything `npm test` does: installs what the tests need, checks types and style, builds and packages, then
 * runs every layer of tests. The last line counts them all. `npm test -- unit page` runs only those layers.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aptInstall } from "./apt.mjs";
import { installDependencies, run } from "./install.mjs";
import { findChromium } from "./workbench/chromium.mjs";
import { installWorkbench } from "./workbench/install.mjs";

const LAYERS = ["unit", "trainer", "zoo", "page", "workbench"];
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !LAYERS.includes(name));
if (unknown) {
  console.error(
    `There is no layer of tests called "${unknown}": choose from ${LAYERS.join(", ")}.`,
  );
  process.exit(2);
}
const layers = LAYERS.filter((layer) => chosen.length === 0 || chosen.includes(layer));
const total = { passed: 0, failed: 0, skipped: 0 };

installDependencies();
count("types and style", () => run("npm", ["run", "--silent", "check"]));
count("build", () => run("npm", ["run", "--silent", "build"]));
if (layers.includes("workbench")) {
  count("package", () => run("npm", ["run", "--silent", "package"]));
  await installWorkbench({ log: console.log });
}
if (layers.includes("page") || layers.includes("workbench")) await findChromium({ install: true });

// Real data for the trainer; without it those tests are skipped, and say so.
if (layers.includes("trainer") && !existsSync("/usr/share/datasets/fashion-mnist")) {
  await aptInstall("dataset-fashion-mnist", console.log);
}

const scratch = mkdtempSync(join(tmpdir(), "vitals-test-"));
for (const layer of layers) runLayer(layer);
rmSync(scratch, { recursive: true });

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

/** A step that counts as one test. */
function count(name, step) {
  try {
    step();
    total.passed++;
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    total.failed++;
  }
}

function runLayer(layer) {
  const report = join(scratch, `${layer}.json`);
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      layer,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  let result;
  try {
    result = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    console.error(`The layer "${layer}" ended without a report.`);
    total.failed++;
    return;
  }
  total.passed += result.numPassedTests;
  total.skipped += result.numPendingTests + result.numTodoTests;
  // A file that does not load fails without any test in it.
  total.failed += Math.max(result.numFailedTests, status === 0 ? 0 : 1);
}
