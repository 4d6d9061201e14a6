/** What a hover shows beside the schema's own words: which curve, which spread a setting means. Pure. */
import {
  findNodeAtLocation,
  findNodeAtOffset,
  getNodePath,
  type JSONPath,
  type Node,
  parseTree,
} from "jsonc-parser";
import type { RangeTest } from "../../../diagnosis/rangeTest.ts";
import type { RunEvent } from "../../../telemetry/events.ts";
import type { Span } from "../place.ts";
import { explainInitializer } from "./initializer.ts";
import { explainLearningRate } from "./learningRate.ts";

export interface SettingHover extends Span {
  markdown: string;
}

export interface Around {
  /** Whether what is shown lies on a dark background. */
  dark: boolean;
  /** The newest run of this recipe. */
  lastRun: RunEvent | undefined;
  /** Of this recipe, where it was made and still holds. */
  rangeTest?: RangeTest;
  /** Whether one may be made from here: the workspace is trusted. */
  canTest?: boolean;
}

/** The hover at an offset of a recipe's text; undefined where there is nothing to add. */
export function hoverAt(text: string, offset: number, around: Around): SettingHover | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, offset);
  if (!root || !node) return undefined;
  const path = getNodePath(node);
  const [part, setting] = path;
  if (part === "optimizer" && (setting === "schedule" || setting === "learningRate")) {
    return hover(root, ["optimizer", setting], explainLearningRate(root, around));
  }
  const index = path.findLastIndex(
    (step, i) => typeof step === "number" && path[i - 1] === "layers",
  );
  const key = path[index + 1];
  if (index < 0 || typeof key !== "string") return undefined;
  const layer = path.slice(0, index + 1);
  return hover(root, [...layer, key], explainInitializer(root, layer, key, around.lastRun));
}

/** Over the key and its value. */
function hover(root: Node, path: JSONPath, markdown: string | undefined): SettingHover | undefined {
  const property = findNodeAtLocation(root, path)?.parent;
  if (!property || markdown === undefined) return undefined;
  return { markdown, offset: property.offset, length: property.length };
}
