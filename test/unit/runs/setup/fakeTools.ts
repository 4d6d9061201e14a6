/** Stand-ins for npm, node-gyp, Python and the trainer, as programs that really run. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runEvent } from "../../../helpers/events.ts";

/** What the tools do; everything works where nothing else is said. */
export interface Behaviour {
  install?: "fails" | "hangs";
  download?: "fails" | "hangs";
  build?: "fails";
  /** Whether Python has a TensorFlow, and one for GPUs. */
  tensorflow?: "cpu" | "cuda" | "none";
  /** The library with which the trainer trains. */
  trainsWith?: "downloaded" | "built";
  training?: "hangs";
}

export class FakeTools {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "vitals-setup-")));
  readonly storage = join(this.root, "storage");
  readonly trainer = join(this.root, "trainer.cjs");
  /** The Python package. */
  readonly tensorflow = join(this.root, "site-packages", "tensorflow");
  readonly #path = process.env["PATH"] ?? "";

  constructor(behaviour: Behaviour) {
    const bin = join(this.root, "bin");
    mkdirSync(bin);
    mkdirSync(this.tensorflow, { recursive: true });
    const told = JSON.stringify({
      ...behaviour,
      root: this.root,
      tensorflowFolder: this.tensorflow,
    });
    for (const [name, code] of [
      ["npm", NPM],
      ["python", PYTHON],
    ] as const) {
      writeFileSync(join(bin, name), `#!${process.execPath}\nconst told = ${told};\n${code}`);
      chmodSync(join(bin, name), 0o755);
    }
    writeFileSync(join(this.root, "gyp.cjs"), `const told = ${told};\n${GYP}`);
    const event = JSON.stringify(runEvent({ device: "Fake Device 9000" }));
    writeFileSync(this.trainer, `const told = ${told};\nconst run = ${event};\n${TRAINER}`);
    process.env["PATH"] = [bin, this.#path].join(delimiter);
  }

  remove(): void {
    process.env["PATH"] = this.#path;
    rmSync(this.root, { recursive: true });
  }

  /** What was run, a line a call. */
  get calls(): string[] {
    return this.#lines("calls");
  }

  /** Processes that were left to hang. */
  get hanging(): number[] {
    return this.#lines("hanging").map(Number);
  }

  #lines(name: string): string[] {
    const file = join(this.root, name);
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }
}

/** Hangs like a download within a script of npm's: in a process of its own, deaf to gentle signals. */
const HANG = `
const hang = () => {
  process.on("SIGTERM", () => {});
  const code = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
  const { pid } = require("node:child_process").spawn(process.execPath, ["-e", code], { stdio: "inherit" });
  fs.appendFileSync(path.join(told.root, "hanging"), process.pid + "\\n" + pid + "\\n");
  setInterval(() => {}, 1000);
};
`;

const NPM = `
const fs = require("node:fs");
const path = require("node:path");
const args = process.argv.slice(2);
fs.appendFileSync(path.join(told.root, "calls"), args.slice(0, 2).join(" ") + "\\n");
${HANG}
const library = (folder) => {
  fs.mkdirSync(path.join(folder, "lib", "napi-v8"), { recursive: true });
  fs.writeFileSync(path.join(folder, "lib", "napi-v8", "tfjs_binding.node"), "downloaded");
};
if (args[0] === "install") {
  if (told.install === "hangs") hang();
  else if (told.install === "fails") {
    console.error("npm error code E404\\nnpm error 404 Not Found - GET @tensorflow/tfjs-node\\nnpm error 404 more");
    process.exitCode = 1;
  } else {
    const name = args.at(-1).replace(/@[^@/]*$/, "");
    const folder = path.join(args[args.indexOf("--prefix") + 1], "node_modules", name);
    fs.mkdirSync(folder, { recursive: true });
    const binary = { module_name: "tfjs_binding", module_path: "./lib/napi-v{napi_build_version}", napi_versions: [3, 8] };
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, binary }));
  }
} else if (args[0] === "run") {
  if (told.download === "hangs") hang();
  else if (told.download === "fails") {
    console.error("throw er; // Unhandled 'error' event\\nError: getaddrinfo ENOTFOUND the.server\\n    at somewhere");
    process.exitCode = 1;
  } else library(process.cwd());
} else if (args[0] === "exec") console.log(path.join(told.root, "gyp.cjs"));
`;

const GYP = `
const fs = require("node:fs");
const path = require("node:path");
fs.appendFileSync(path.join(told.root, "calls"), "node-gyp " + process.argv.slice(2, 4).join(" ") + "\\n");
const linked = (name) => fs.readlinkSync(path.join("deps", name));
const right =
  linked("include") === path.join(told.tensorflowFolder, "include") &&
  linked("lib/libtensorflow.so") === path.join(told.tensorflowFolder, "libtensorflow_cc.so.2") &&
  linked("lib/libtensorflow_framework.so") === path.join(told.tensorflowFolder, "libtensorflow_framework.so.2");
if (!right || told.build === "fails") {
  console.error("../binding/tfjs_backend.cc:3:10: fatal error: c_api.h: No such file or directory\\ngyp ERR! build error");
  process.exitCode = 1;
} else {
  const file = process.argv.find((arg) => arg.startsWith("--module=")).slice("--module=".length);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "built");
}
`;

const PYTHON = `
if (told.tensorflow === "none") process.exitCode = 1;
else console.log(JSON.stringify({ folder: told.tensorflowFolder, cuda: told.tensorflow === "cuda" }));
`;

const TRAINER = `
const fs = require("node:fs");
const path = require("node:path");
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
${HANG}
const installed = (name) => fs.existsSync(path.join(process.env.VITALS_BACKENDS, "node_modules", name));
const names = { "@tensorflow/tfjs-node-gpu": "cuda", webgpu: "webgpu", "@tensorflow/tfjs-node": "native" };
const name = Object.keys(names).find(installed);
const file = path.join(process.env.VITALS_BACKENDS, "node_modules", name, "lib", "napi-v8", "tfjs_binding.node");
const library = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "none";
const works = name === "webgpu" || library === (told.trainsWith ?? library);
run.backend = works ? names[name] : "wasm";
run.choice = "Computing by wasm; nothing faster starts: other: is slow; " + names[name] + ": it found no GPU that it can use; more: is slow.";
const end = {
  kind: "end", status: "completed", error: null, cause: null, step: 5, epoch: 1, seconds: 1,
  anchor: null, bestEpoch: null, train: null, validation: null, test: null,
};
const lines = [run, end].map((event) => JSON.stringify(event) + "\\n");
if (told.training === "hangs") hang();
else fs.writeFileSync(path.join(option("--run"), "events.ndjson"), lines.join(""));
`;
