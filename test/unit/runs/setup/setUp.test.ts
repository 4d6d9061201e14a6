import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Kind } from "../../../../runs/setup/kinds.ts";
import { setUp } from "../../../../runs/setup/setUp.ts";
import { Cancelled } from "../../../../runs/setup/watch.ts";
import { type Behaviour, FakeTools } from "./fakeTools.ts";

let tools: FakeTools;
afterEach(() => tools.remove());

interface Outcome {
  device?: string;
  error?: Error;
  steps: string[];
}

/** Sets up with the tools, and hears the steps. */
async function attempt(
  kind: Kind,
  signal = new AbortController().signal,
  capability = 8.6,
): Promise<Outcome> {
  const steps: string[] = [];
  const { storage, trainer } = tools;
  const machine = { platform: "linux", arch: "x64", gpus: [{ name: "GPU", capability }] } as const;
  const request = { kind, machine, storage, trainer, node: { path: "node", env: {} } };
  const watch = { signal, step: (text: string) => steps.push(text), log: () => {} };
  try {
    return { device: await setUp({ ...request, pythons: ["python"] }, watch), steps };
  } catch (error) {
    return { error: error as Error, steps };
  }
}

function installBefore(kind: Kind): void {
  mkdirSync(join(tools.storage, kind), { recursive: true });
  writeFileSync(join(tools.storage, kind, "mine"), "before");
}

/** What the storage holds: `kind: name of what is in it`. */
function kept(): string[] {
  if (!existsSync(tools.storage)) return [];
  return readdirSync(tools.storage).flatMap((kind) =>
    readdirSync(join(tools.storage, kind)).map((name) => `${kind}: ${name}`),
  );
}

const PACKAGE = join("node_modules", "@tensorflow", "tfjs-node");
const libraryOf = (kind: Kind, name = PACKAGE) =>
  readFileSync(join(tools.storage, kind, name, "lib", "napi-v8", "tfjs_binding.node"), "utf8");

it("installs, lets the package download, and names the device that then trained", async () => {
  tools = new FakeTools({});
  const { device, steps } = await attempt("native");
  expect(device).toBe("Fake Device 9000");
  expect(steps[0]).toBe("Installing @tensorflow/tfjs-node");
  expect(steps.at(-1)).toBe("Training for a moment, to see that it works");
  expect(tools.calls).toEqual(["install --prefix", "run install"]);
  expect(kept()).toEqual(["native: node_modules"]);
  expect(libraryOf("native")).toBe("downloaded");
});

it("replaces what was installed before", async () => {
  tools = new FakeTools({});
  installBefore("native");
  await attempt("native");
  expect(kept()).toEqual(["native: node_modules"]);
});

it("leaves the other kinds alone", async () => {
  tools = new FakeTools({});
  installBefore("webgpu");
  await attempt("native");
  expect(kept()).toEqual(["native: node_modules", "webgpu: mine"]);
});

it("builds against Python's TensorFlow where the download fails, and points at its folder", async () => {
  tools = new FakeTools({ download: "fails", tensorflow: "cpu" });
  const { device } = await attempt("native");
  expect(device).toBe("Fake Device 9000");
  expect(libraryOf("native")).toBe("built");
  expect(tools.calls).toContain("node-gyp configure build");
  const library = join(tools.storage, "native", PACKAGE, "deps", "lib");
  expect(readlinkSync(library)).toBe(tools.tensorflow);
});

it("builds where what was downloaded does not train", async () => {
  tools = new FakeTools({ trainsWith: "built", tensorflow: "cuda" });
  const { device } = await attempt("cuda");
  expect(device).toBe("Fake Device 9000");
  expect(libraryOf("cuda", `${PACKAGE}-gpu`)).toBe("built");
});

it("does not download a library that is older than the GPU", async () => {
  tools = new FakeTools({ tensorflow: "cuda" });
  const { device } = await attempt("cuda", undefined, 9.0);
  expect(device).toBe("Fake Device 9000");
  expect(tools.calls).not.toContain("run install");
});

it("does not build for a GPU against a TensorFlow that knows none", async () => {
  tools = new FakeTools({ tensorflow: "cpu" });
  const { error } = await attempt("cuda", undefined, 9.0);
  expect(error?.message).toBe(
    'cuda was not set up, and nothing was changed: there is no TensorFlow for Python to build against: "pip install tensorflow[and-cuda]" brings one.',
  );
});

it("sets WebGPU up with what npm brings", async () => {
  tools = new FakeTools({});
  expect((await attempt("webgpu")).device).toBe("Fake Device 9000");
  expect(tools.calls).toEqual(["install --prefix"]);
});

it("says in one sentence why each way failed, and leaves all as it was", async () => {
  tools = new FakeTools({ download: "fails", build: "fails", tensorflow: "cpu" });
  installBefore("native");
  const { error } = await attempt("native");
  expect(error?.message).toBe(
    "native was not set up, and nothing was changed: TensorFlow's library could not be downloaded (npm failed: Error: getaddrinfo ENOTFOUND the.server); its binding could not be built (node failed: ../binding/tfjs_backend.cc:3:10: fatal error: c_api.h: No such file or directory).",
  );
  expect(kept()).toEqual(["native: mine"]);
});

it("says why npm could not install the package", async () => {
  tools = new FakeTools({ install: "fails" });
  const { error } = await attempt("native");
  expect(error?.message).toBe(
    "native was not set up, and nothing was changed: npm failed: 404 Not Found - GET @tensorflow/tfjs-node.",
  );
  expect(kept()).toEqual([]);
});

it("says what the trainer said where the backend does not start", async () => {
  tools = new FakeTools({ trainsWith: "built", tensorflow: "none" });
  const { error } = await attempt("native");
  expect(error?.message).toBe(
    'native was not set up, and nothing was changed: it found no GPU that it can use; there is no TensorFlow for Python to build against: "pip install tensorflow-cpu" brings one.',
  );
});

it("says that npm is missing", async () => {
  tools = new FakeTools({});
  const path = process.env["PATH"];
  process.env["PATH"] = join(tools.root, "nothing here");
  const { error } = await attempt("native");
  process.env["PATH"] = path;
  expect(error?.message).toMatch(/nothing was changed: npm was not found: install Node\.js 20 /);
});

it.each<[string, Behaviour]>([
  ["npm install", { install: "hangs" }],
  ["the download", { download: "hangs" }],
  ["the proof", { training: "hangs" }],
])(
  "ends all that runs when it is cancelled during %s, and leaves all as it was",
  async (_, hangs) => {
    tools = new FakeTools(hangs);
    installBefore("native");
    const controller = new AbortController();
    const cancelled = attempt("native", controller.signal);
    await until(() => tools.hanging.length === 2);
    expect(tools.hanging.every(runs)).toBe(true);
    controller.abort(new Cancelled());
    expect((await cancelled).error).toBeInstanceOf(Cancelled);
    await until(() => !tools.hanging.some(runs));
    expect(kept()).toEqual(["native: mine"]);
  },
);

it("does nothing where it was cancelled before it began", async () => {
  tools = new FakeTools({});
  const { error } = await attempt("native", AbortSignal.abort(new Cancelled()));
  expect(error).toBeInstanceOf(Cancelled);
  expect(kept()).toEqual([]);
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie answers too, until its parent has heard of its end.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((done) => setTimeout(done, 20));
  expect(condition()).toBe(true);
}
