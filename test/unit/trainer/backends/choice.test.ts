import { expect, it } from "vitest";
import type { Backend } from "../../../../trainer/backends/backend.ts";
import { startBackend, startFastest } from "../../../../trainer/backends/index.ts";
import { InputError } from "../../../../trainer/errors.ts";

const works = (name: Backend["name"], device: string) => async () =>
  ({ name, device }) as unknown as Backend;
const fails = (why: string) => async () => {
  throw new Error(why);
};

it("takes the first that starts, and says in one line why the faster ones did not", async () => {
  const { backend, choice } = await startFastest(
    new Map([
      ["cuda", fails("@tensorflow/tfjs-node-gpu is not installed")],
      ["webgpu", fails("no GPU was found")],
      ["wasm", works("wasm", "Xeon, WebAssembly")],
      ["cpu", fails("never asked")],
    ]),
    "/recipes",
  );
  expect(backend.name).toBe("wasm");
  expect(choice).toBe(
    "Computing by wasm on Xeon, WebAssembly; nothing faster starts: cuda: @tensorflow/tfjs-node-gpu is not installed; webgpu: no GPU was found.",
  );
});

it("does not start what is slower than what started", async () => {
  const asked: string[] = [];
  const start = (name: Backend["name"]) => async () => {
    asked.push(name);
    return { name, device: "a device" } as unknown as Backend;
  };
  const { choice } = await startFastest(
    new Map([
      ["cuda", start("cuda")],
      ["wasm", start("wasm")],
    ]),
    "/recipes",
  );
  expect(asked).toEqual(["cuda"]);
  expect(choice).toBe("Computing by cuda on a device.");
});

it("keeps to one line where a reason has many", async () => {
  const { choice } = await startFastest(
    new Map([
      ["cuda", fails("the library does not load.\n  at one\n  at two")],
      ["cpu", works("cpu", "Xeon")],
    ]),
    "/recipes",
  );
  expect(choice).toBe(
    "Computing by cpu on Xeon; nothing faster starts: cuda: the library does not load.",
  );
});

it("says every reason where none starts", async () => {
  const none = startFastest(
    new Map([
      ["wasm", fails("no memory")],
      ["cpu", fails("no luck")],
    ]),
    "/",
  );
  await expect(none).rejects.toThrow(
    new InputError("No backend starts: wasm: no memory; cpu: no luck."),
  );
});

it("names the backends there are where a name is none", async () => {
  await expect(startBackend("gpu", "/")).rejects.toThrow(
    /^There is no backend "gpu"; known here: auto, cuda, .*wasm, cpu\.$/,
  );
});

it("says what to do where the backend that was asked for does not start", async () => {
  const start = startBackend("cuda", "/");
  await expect(start).rejects.toBeInstanceOf(InputError);
  await expect(start).rejects.toThrow(
    /^The backend "cuda" does not start: .*; run the command "Vitals: Set Up GPU Training", or .*\.$/,
  );
});
