/** A TensorFlow.js initializer as text, as a recipe spells it. */
import { lowerFirst } from "./spelling.ts";

interface Initializer {
  getConfig?(): Record<string, unknown>;
}

/** What a setting is by default is not said, and the seed is nobody's concern. */
const DEFAULTS: Record<string, unknown> = { mean: 0, gain: 1, scale: 1 };

/** These have their whole meaning in their name. */
const NAMED = /^(Glorot|He|LeCun)(Normal|Uniform)$/;

/** E.g. `heNormal` or `randomNormal(stddev=0.05)`. */
export function initializerText(initializer: object): string {
  const made = initializer.constructor as { className?: string; name: string };
  // `getClassName` gives VarianceScaling for all of its kind.
  const className = made.className ?? made.name;
  const name = lowerFirst(className);
  if (NAMED.test(className)) return name;
  const config = (initializer as Initializer).getConfig?.() ?? {};
  const settings = Object.entries(config)
    .filter(([key, value]) => key !== "seed" && value !== null && DEFAULTS[key] !== value)
    .filter(([, value]) => ["number", "string"].includes(typeof value))
    .map(([key, value]) => `${key}=${value}`);
  return settings.length > 0 ? `${name}(${settings.join(", ")})` : name;
}
