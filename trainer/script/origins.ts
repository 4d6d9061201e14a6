/** Where in the script something was made: the place of a layer, an optimizer, a call. */
import { fileURLToPath } from "node:url";
import type { Anchor } from "../../telemetry/events.ts";

/** Frames of libraries that may lie between the script's call and us. */
const DEPTH = 60;

/**
 * The innermost frame that is the user's own: not a package's, not Node.js's, not the probe's.
 * @param constructed classes whose constructors do not count either
 */
export function scriptFrame(constructed: ReadonlySet<string> = new Set()): Anchor | null {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = DEPTH;
    Error.prepareStackTrace = (_error, sites) => sites;
    const [probe, ...sites] = new Error().stack as unknown as NodeJS.CallSite[];
    const own = probe?.getFileName() ?? null;
    for (const site of sites) {
      const file = fileOf(site);
      if (!file || site.getFileName() === own || /[\\/]node_modules[\\/]/.test(file)) continue;
      if (site.isConstructor() && constructed.has(site.getFunctionName() ?? "")) continue;
      return { file, line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 };
    }
    return null;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

function fileOf(site: NodeJS.CallSite): string | null {
  const name = site.getFileName();
  if (!name || name.startsWith("node:")) return null;
  return name.startsWith("file:") ? fileURLToPath(name) : name;
}

/** Where each of many things comes from; forgotten with the thing. */
export class Origins {
  readonly #places = new WeakMap<object, Anchor | null>();

  of(thing: object): Anchor | null {
    return this.#places.get(thing) ?? null;
  }

  /** Notes the place that the script is at now, outside the thing's own constructors. */
  note(thing: object): void {
    this.#places.set(thing, scriptFrame(classesOf(thing)));
  }

  /**
   * Notes where each object of the class and of those derived from it is made, the script's own classes too.
   * @param property that the class's constructor sets by plain assignment, which a setter on the prototype sees
   */
  noteConstruction(prototype: object, property: string): void {
    const note = (thing: object) => this.note(thing);
    Object.defineProperty(prototype, property, {
      configurable: true,
      set(this: object, value: unknown) {
        note(this);
        const plain = { value, writable: true, enumerable: true, configurable: true };
        Object.defineProperty(this, property, plain);
      },
    });
  }
}

/** Names of an object's class and of those that it is derived from. */
function classesOf(thing: object): Set<string> {
  const names = new Set<string>();
  for (let type = Object.getPrototypeOf(thing); type; type = Object.getPrototypeOf(type)) {
    names.add(type.constructor.name);
  }
  return names;
}

/** Of layers and optimizers. */
export const made = new Origins();
/** Of the last `compile` of a model. */
export const compiled = new Origins();
