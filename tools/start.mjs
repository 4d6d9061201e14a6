import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./install.mjs";
import { endGroup } from "./workbench/group.mjs";
import { onPath } from "./workbench/on-path.mjs";
import { startWorkbench } from "./workbench/server.mjs";

/*
 * `npm start`: from a fresh clone to an example that trains in an editor, with live charts.
 * VS Code is used where it is installed, and the workbench of the tests, in a browser, elsewhere.
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const EXAMPLES = path.join(ROOT, "examples");
const RECIPE = "dead-relu.train.json";
const VSIX = path.join(ROOT, "dist", "training-vitals.vsix");
const VISITOR_MS = 30_000;
const TRAINER_GRACE_MS = 5000;
const WINDOWS = process.platform === "win32";

/** What Ctrl-C has to end. @type {Set<() => Promise<void>>} */
const endings = new Set();
let up = false;
let ending = false;

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, endAll);
}
if (process.env["npm_lifecycle_event"]) {
  // A signal that ends npm alone ends its shell too, but does not reach what the shell runs.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && endAll(), 500).unref();
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!ending) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Ends all that was started, and then this process. */
async function endAll() {
  if (ending) return;
  ending = true;
  await Promise.allSettled([...endings].map((end) => end()));
  process.exit(up ? 0 : 130);
}

/** @param {string[]} args */
async function main(args) {
  const unknown = args.find((arg) => arg !== "--no-open");
  if (unknown) throw new Error(`${unknown} is not known: npm start [-- --no-open]`);
  const open = !args.includes("--no-open");
  await prepare();
  const code = open && hasDisplay() && onPath(["code"]);
  await (code ? inCode(code) : inWorkbench(open));
}

/** Installs what is missing, and builds the extension's package. */
async function prepare() {
  process.chdir(ROOT);
  installDependencies();
  console.log("Building the extension ...");
  await npm("run", "build");
  await npm("run", "package");
  if (!existsSync(VSIX)) throw new Error(`npm run package has not written ${VSIX}.`);
}

/** @param {string} code */
async function inCode(code) {
  await run(code, ["--install-extension", VSIX, "--force"]);
  await run(code, [EXAMPLES, "--goto", `${path.join(EXAMPLES, RECIPE)}:1`]);
  up = true;
  console.log(`VS Code shows examples/${RECIPE}, which is now training. Ctrl-C ends the training.`);
  await train();
}

/** @param {boolean} open */
async function inWorkbench(open) {
  const openFile = path.join(EXAMPLES, RECIPE);
  const workbench = await startWorkbench({
    folder: EXAMPLES,
    vsix: VSIX,
    openFile,
    log: console.log,
  });
  endings.add(workbench.stop);
  up = true;
  console.log(`\nTraining Vitals is open in a VS Code of its own:\n\n  ${workbench.url}\n`);
  console.log("Ctrl-C ends the editor and the training.");
  const opener = open && hasDisplay() && onPath(["xdg-open"]);
  if (opener) spawn(opener, [workbench.url], { stdio: "ignore", detached: true }).unref();
  await firstVisitor(workbench.port);
  console.log(`Training examples/${RECIPE} ...`);
  await train();
  await workbench.ended;
  if (!ending) throw new Error("The workbench server has ended by itself: start it again.");
}

/**
 * Waits until somebody has opened the page, so that the charts are seen to grow, but not for ever:
 * a training that nobody watches is shown when they come.
 * @param {number} port
 */
async function firstVisitor(port) {
  for (const end = Date.now() + VISITOR_MS; Date.now() < end && !ending; await sleep(250)) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if ((await answer?.json())?.lastHeartbeat > 0) return;
  }
}

/** Trains as in any terminal: the extension finds the run in its folder and attaches to it. */
async function train() {
  if (ending) return;
  const command = [process.execPath, path.join(ROOT, "dist", "vitals.js"), "train", RECIPE];
  const { status, output } = await finished(command, EXAMPLES, TRAINER_GRACE_MS);
  if (ending) return;
  const ok = status === 0 || status === 1;
  console.log(ok ? "The training has ended." : `The training has failed: ${lastLines(output, 1)}`);
}

/** @param {string[]} args */
async function npm(...args) {
  const program = process.env["npm_execpath"];
  await run(program?.endsWith(".js") ? program : "npm", args);
}

/**
 * Runs a command quietly to its end; what it printed is shown when it fails.
 * @param {string} program
 * @param {string[]} args
 */
async function run(program, args) {
  const command = program.endsWith(".js") ? [process.execPath, program] : [program];
  const { status, output } = await finished([...command, ...args], ROOT, 3000);
  if (status === 0) return;
  if (!ending) console.error(lastLines(output, 20));
  const name = path.basename(program).replace(/-cli\.js$|\.cmd$/, "");
  throw new Error(`\`${[name, ...args].join(" ")}\` failed with status ${status}.`);
}

/**
 * @param {string[]} command
 * @param {string} cwd
 * @param {number} graceMs for ending well when everything ends
 * @returns {Promise<{status: number | null, output: string}>}
 */
function finished(command, cwd, graceMs) {
  // Windows starts .cmd files through its shell only, which wants what holds spaces quoted.
  const shell = WINDOWS && command[0] !== process.execPath;
  const [program = "", ...args] = shell ? command.map((word) => `"${word}"`) : command;
  return new Promise((resolve, reject) => {
    const stdio = /** @type {["ignore", "pipe", "pipe"]} */ (["ignore", "pipe", "pipe"]);
    const child = spawn(program, args, { cwd, shell, detached: !WINDOWS, stdio });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output = (output + text).slice(-20_000);
      });
    }
    const { pid } = child;
    if (pid === undefined) {
      child.once("error", (error) =>
        reject(new Error(`${program} cannot be run: ${error.message}`)),
      );
      return;
    }
    const end = () => endGroup(pid, graceMs);
    endings.add(end);
    child.once("close", (status) => {
      endings.delete(end);
      resolve({ status, output });
    });
  });
}

function hasDisplay() {
  const { env, platform } = process;
  return platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
  return text.trim().split("\n").slice(-count).join("\n");
}
