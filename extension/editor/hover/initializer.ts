/** The hover on how a layer's weights start: the spread that this means here, beside that of the usual rules. */
import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import { short } from "../../../diagnosis/format.ts";
import { activationMet } from "../../../recipe/activationMet.ts";
import { automatic, DEFAULT_INITIALIZERS, Initializer } from "../../../recipe/initializers.ts";
import { ACTIVATIONS, type ActivationName } from "../../../recipe/names.ts";
import type { RunEvent } from "../../../telemetry/events.ts";
import { fansOf } from "./fans.ts";
import { paragraphs } from "./markdown.ts";
import { isWritten, valueAt } from "./readable.ts";
import { rules } from "./rules.ts";
import { type Spot, stdOf } from "./spread.ts";

/** Layers with a kernel, and the setting that says how many outputs they have. */
const COUNTED = { dense: "units", conv2d: "filters" } as const;
const LESSONS =
  "By Xavier, lessons 000 and 003 mean Glorot's variance 2 / (fan-in + fan-out), `glorotNormal`; " +
  "lessons 001 and 004 mean LeCun's 1 / fan-in, `leCunNormal`.";

/**
 * @param path of the layer
 * @param key of the setting in it
 * @returns markdown; undefined where there is nothing to tell
 */
export function explainInitializer(
  root: Node,
  path: JSONPath,
  key: string,
  lastRun: RunEvent | undefined,
): string | undefined {
  const type: unknown = findNodeAtLocation(root, [...path, "type"])?.value;
  if (type !== "dense" && type !== "conv2d") return undefined;
  const bias = key === "biasInitializer";
  if (!bias && key !== "kernelInitializer" && key !== COUNTED[type]) return undefined;
  const fans = fansOf(root, path, type, lastRun);
  const activation = activationIn(root, path);
  const spot = { ...fans, activation, rows: bias ? 1 : fans.fanIn, columns: fans.units };
  const headline = spread(root, path, bias ? "biasInitializer" : "kernelInitializer", spot);
  const auto = `For ${activation}, \`auto\` takes \`${automatic(activation)}\`.`;
  return bias
    ? paragraphs(headline, "Biases may start alike: the weights tell the units apart.", auto)
    : paragraphs(headline, rules(fans, type), auto, LESSONS);
}

/** That the layer's output meets; linear where it is not written yet, or wrongly. */
function activationIn(root: Node, path: JSONPath): ActivationName {
  const layers = findNodeAtLocation(root, path.slice(0, -1));
  const met = activationMet(layers ? getNodeValue(layers) : [], Number(path.at(-1)));
  return ACTIVATIONS.includes(met) ? met : "linear";
}

/** What the setting gives, or its default; nothing where it is written and cannot be read. */
function spread(
  root: Node,
  path: JSONPath,
  setting: keyof typeof DEFAULT_INITIALIZERS,
  spot: Spot,
): string | undefined {
  const place = [...path, setting];
  const written = isWritten(root, place);
  const init = written ? valueAt(root, place, Initializer) : DEFAULT_INITIALIZERS[setting];
  if (init === undefined) return undefined;
  const name = `\`${typeof init === "string" ? init : init.type}\`${written ? "" : ", the default"}`;
  const std = stdOf(init, spot);
  if (std === undefined) return `${name}: its standard deviation depends on the fan-in.`;
  const alike = std === 0 && setting === "kernelInitializer";
  const warning = alike ? " All units start alike, and in a hidden layer they stay so." : "";
  return `${name}: standard deviation **${short(std)}**.${warning}`;
}
