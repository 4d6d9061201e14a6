/** Has the script's TensorFlow.js compute by the backend that the user asked for. */
import { cpus } from "node:os";
import { dirname } from "node:path";
import type { Backend } from "../backends/backend.ts";
import type { Engine } from "./announce.ts";
import { type Core, type Layers, loadTensorFlow, onLoaded } from "./tensorflow.ts";

/** These leave the script's own choice alone. */
const OWN = new Set(["auto", "cpu"]);

/** Versions whose backends go together with ours. */
const MAJOR = "4.";

/** What became of the wish. */
export interface Wish {
  backend: Backend | null;
  /** Why it was not fulfilled, in a sentence. */
  refusal: string | null;
}

/** Before the script's first line: what it computes later is then computed there. */
export async function startBackend(name: string, script: string): Promise<Wish> {
  if (OWN.has(name)) return { backend: null, refusal: null };
  try {
    const core = loadTensorFlow(script);
    const { version_core } = core;
    if (!version_core.startsWith(MAJOR)) {
      throw new Error(`the script's TensorFlow.js is ${version_core}, and ours is ${MAJOR}x`);
    }
    const backend = await start(name, dirname(script));
    // The script's own copy replaces the kernels, and only setting the backend makes them ready.
    onLoaded(`tfjs-backend-${name}`, () => void core.setBackend(core.getBackend()));
    return { backend, refusal: null };
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    const why = reason!.replace(/\.$/, "");
    return {
      backend: null,
      refusal: `The backend "${name}" was asked for and cannot be had (${why}): the script computes by what it chooses itself.`,
    };
  }
}

/** Only what is asked for is loaded, and none of it is before the script's own TensorFlow.js. */
async function start(name: string, folder: string): Promise<Backend> {
  if (name === "wasm") return (await import("../backends/wasm.ts")).startWasm();
  if (name === "native" || name === "cuda") {
    return (await import("../backends/native.ts")).startNative(name, folder);
  }
  throw new Error("scripts can be observed on wasm, native, cuda and cpu only");
}

const DEVICES: Record<string, string> = { cpu: "JavaScript", wasm: "WebAssembly" };

/** When training begins: the script may have chosen another one. */
export function describeEngine({ backend, refusal }: Wish, layers: Layers, core: Core): Engine {
  const name = core.getBackend();
  const processor = cpus()[0]?.model.trim() ?? "processor";
  const how = DEVICES[name];
  const device = backend?.device ?? (how ? `${processor}, ${how}` : name);
  const choice =
    refusal ?? `Computing by ${name} on ${device}${backend ? "" : ", as the script chose"}.`;
  return { version: layers.version_layers, backend: name, device, choice };
}
