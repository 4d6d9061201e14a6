import { execFile, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { endGroup, signalGroup } from "./group.mjs";
import { prepareHome, serverEnvironment } from "./home.mjs";
import { installWorkbench } from "./install.mjs";

const START_MS = 60_000;
const FLAGS = [
  "--auth=none",
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-getting-started-override",
  "--ignore-last-opened",
];

/**
 * @typedef {object} Workbench
 * @property {string} url address of the window that shows the folder
 * @property {number} port
 * @property {string} userData
 * @property {string} logFile what the server printed
 * @property {Promise<void>} ended when the server has ended, by stop() or by itself
 * @property {() => Promise<void>} stop ends all that the server started, and removes its home
 */

/**
 * @typedef {object} Options
 * @property {string} folder the folder to open
 * @property {string | string[]} [vsix] extensions to install
 * @property {string} [home] where to keep all state; kept by stop(), unlike the default
 * @property {Record<string, unknown>} [settings] user settings over the quiet ones
 * @property {number} [port] a free one if not given
 * @property {NodeJS.ProcessEnv} [env] variables over the inherited ones; undefined removes
 * @property {string} [openFile] a file to open at start, with `:line` if wanted
 * @property {(line: string) => void} [log] is told of an install, which takes its time
 */

/**
 * Starts a real VS Code on loopback with the given extensions, in a home of its own, so that no
 * test and no trial touches the user's editor.
 *
 * What an extension spawned detached (a trainer) is in a process group of its own and lives on.
 * @param {Options} options
 * @returns {Promise<Workbench>}
 */
export async function startWorkbench({ vsix = [], home, settings = {}, env, log, ...window }) {
  const { node, entry } = await installWorkbench({ log });
  const port = await freePort(window.port);
  const root = home ?? mkdtempSync(path.join(tmpdir(), "vitals-workbench-"));
  const remove = () => {
    if (!home) rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const { config, userData, extensions, logFile } = prepareHome(root, settings);
    const common = [entry, "--config", config, "--user-data-dir", userData];
    common.push("--extensions-dir", extensions);
    const options = { cwd: root, env: { ...serverEnvironment(root), ...env } };
    await installExtensions(node, common, [vsix].flat(), options);

    const trust = settings["security.workspace.trust.enabled"] === true;
    const flags = trust ? FLAGS : [...FLAGS, "--disable-workspace-trust"];
    const args = [...common, ...flags, "--bind-addr", `127.0.0.1:${port}`];
    const server = await launch(node, args, options, { port, logFile, remove });
    return { url: workbenchUrl({ ...window, port }), port, userData, logFile, ...server };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * @param {string} node
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @param {{port: number, logFile: string, remove: () => void}} state
 * @returns {Promise<Pick<Workbench, "ended" | "stop">>}
 */
async function launch(node, args, options, { port, logFile, remove }) {
  const output = openSync(logFile, "a");
  const stdio = /** @type {const} */ (["ignore", output, output]);
  const server = spawn(node, args, { ...options, detached: true, stdio: [...stdio] });
  closeSync(output);
  const group = server.pid;
  if (group === undefined) return new Promise((_, reject) => server.once("error", reject));

  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => server.once("exit", () => resolve()));
  // A process that ends without stop() leaves no server behind either.
  const onExit = () => {
    signalGroup(group, "SIGKILL");
    remove();
  };
  process.once("exit", onExit);
  const stop = async () => {
    process.off("exit", onExit);
    await endGroup(group);
    remove();
  };
  try {
    await waitUntilHealthy(server, port, logFile);
    return { ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The address of a window on a folder, with a file opened in it if one is given.
 * @param {{port: number, folder: string, openFile?: string | undefined}} window `openFile` may end in `:line`
 */
export function workbenchUrl({ port, folder, openFile }) {
  const host = `127.0.0.1:${port}`;
  const url = new URL(`http://${host}/`);
  url.searchParams.set("folder", path.resolve(folder));
  if (openFile) {
    const file = encodeURI(path.resolve(openFile)).replace(/[?#]/g, encodeURIComponent);
    const payload = [["openFile", `vscode-remote://${host}${file}`]];
    if (/:\d+$/.test(openFile)) payload.push(["gotoLineMode", "true"]);
    url.searchParams.set("payload", JSON.stringify(payload));
  }
  return url.href;
}

/**
 * @param {string} node
 * @param {string[]} args
 * @param {string[]} files
 * @param {import("node:child_process").ExecFileOptions} options
 */
async function installExtensions(node, args, files, options) {
  if (files.length === 0) return;
  const install = files.flatMap((file) => ["--install-extension", path.resolve(file)]);
  try {
    await promisify(execFile)(node, [...args, ...install], options);
  } catch (error) {
    const { stdout, stderr, message } = /** @type {Error & Record<string, string>} */ (error);
    const said = lastLine(stderr || stdout || message);
    throw new Error(`The extension could not be installed: ${said}`);
  }
}

/**
 * The wanted port if nobody listens on it, or any free one.
 * @param {number} [wanted]
 * @returns {Promise<number>}
 */
function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", (error) => {
      reject(new Error(`Port ${wanted} cannot be used (${error.message}): choose another one.`));
    });
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {import("node:child_process").ChildProcess} server
 * @param {number} port
 * @param {string} logFile
 */
async function waitUntilHealthy(server, port, logFile) {
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(100)) {
    if (server.exitCode !== null || server.signalCode !== null) break;
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  const said = lastLine(readFileSync(logFile, "utf8"));
  throw new Error(`The workbench server did not start on port ${port}: ${said}`);
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}
