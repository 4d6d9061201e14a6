/** The script's own TensorFlow.js: never ours, which would be a second copy beside it. */
import Module, { createRequire } from "node:module";
import type * as CoreModule from "@tensorflow/tfjs-core";
import type * as LayersModule from "@tensorflow/tfjs-layers";

export type Core = typeof CoreModule;
export type Layers = typeof LayersModule;

interface Loader {
  _load(request: string, ...rest: unknown[]): unknown;
}

type Take = (loaded: unknown) => void;

const listeners = new Map<string, Take[]>();

/**
 * Calls `take` once for each copy of a package of TensorFlow.js that is loaded from now on, by `import` or by `require`.
 * @param name `tfjs-core`, …
 */
export function onLoaded(name: string, take: Take): void {
  if (listeners.size === 0) listen();
  listeners.set(name, [...(listeners.get(name) ?? []), take]);
}

function listen(): void {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  const seen = new Set<unknown>();
  loader._load = function (this: unknown, request, ...rest) {
    const loaded = Reflect.apply(load, this, [request, ...rest]);
    // Other packages may have exports that do something when they are looked at.
    if (!request.includes("tfjs") || seen.has(loaded)) return loaded;
    seen.add(loaded);
    for (const [name, takes] of listeners) {
      if (request.includes(name)) for (const take of takes) take(loaded);
    }
    return loaded;
  };
}

/** Calls `take` for each copy of the layers, with the core that was loaded last before them. */
export function onLayersLoaded(take: (layers: Layers, core: Core) => void): void {
  let core: Core | undefined;
  onLoaded("tfjs-core", (loaded) => {
    core = loaded as Core;
  });
  onLoaded("tfjs-layers", (loaded) => {
    if (core) take(loaded as Layers, core);
  });
}

let ownRequire: NodeJS.Require = createRequire(process.cwd());

/**
 * Loads what the script is going to load, and has `requireOwn` look from there.
 * @param script absolute
 * @throws {Error} where the script has none
 */
export function loadTensorFlow(script: string): Core {
  ownRequire = createRequire(script);
  // The package with everything brings gradients of its own, which replace those that are there by then.
  const whole = resolved("@tensorflow/tfjs");
  if (whole !== undefined) {
    ownRequire(whole);
    // The parts need not be found from the script itself.
    ownRequire = createRequire(whole);
  }
  return requireOwn("@tensorflow/tfjs-core") as Core;
}

/** In the probe's bundle every import of TensorFlow.js's core and layers comes here: see tools/build.mjs. */
export function requireOwn(name: string): unknown {
  return ownRequire(name);
}

function resolved(name: string): string | undefined {
  try {
    return ownRequire.resolve(name);
  } catch {
    return undefined;
  }
}
