import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import type Type from "typebox";
import { check, type Schema } from "../../../recipe/check.ts";
import { spelling } from "../../../recipe/spelling.ts";

/** What stands at a path of a half-written recipe, if the schema accepts it there: the rest may be full of mistakes. */
export function valueAt<T extends Type.TSchema>(
  root: Node,
  path: JSONPath,
  schema: T,
): Type.Static<T> | undefined {
  const node = findNodeAtLocation(root, path);
  if (!node) return undefined;
  let fits = true;
  const report = () => {
    fits = false;
  };
  check(node, schema as unknown as Schema, "", { report, definitions: {}, spelling });
  return fits ? getNodeValue(node) : undefined;
}

/** Whether anything stands at a path, right or wrong. */
export function isWritten(root: Node, path: JSONPath): boolean {
  return findNodeAtLocation(root, path) !== undefined;
}
