/** Compares a syntax tree with the recipe's schema; every mistake becomes one sentence at its place. */
import type { Node } from "jsonc-parser";
import { suggestion } from "./nearest.ts";

/** The parts of JSON Schema that the recipe's schema uses. */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
}

export type Report = (node: Node, message: string) => void;

/** Reports every way in which `node` is not what `schema` asks for. `what` names it in messages. */
export function check(node: Node, schema: Schema, what: string, report: Report): void {
  if (schema.anyOf) checkUnion(node, schema.anyOf, what, report);
  else if (schema.enum) checkName(node, schema.enum.map(String), what, report);
  else if (schema.type === "object") checkObject(node, schema, what, report);
  else if (schema.type === "array") checkArray(node, schema, what, report);
  else checkScalar(node, schema, what, report);
}

/** Alternatives are told apart by the constant in their `type` key; names may stand for an alternative as well. */
function checkUnion(node: Node, options: Schema[], what: string, report: Report): void {
  const objects = options.flatMap((option) => option.anyOf ?? [option]).filter((o) => o.properties);
  const names = options.find((option) => option.enum)?.enum?.map(String);
  if (node.type !== "object") {
    if (names) checkName(node, names, what, report, typesOf(objects));
    else report(node, `${what} must be an object with a "type", not ${describe(node)}.`);
    return;
  }
  const type = property(node, "type");
  if (!type) {
    report(node, `${what} needs a "type"; known here: ${typesOf(objects).join(", ")}.`);
    return;
  }
  const option = objects.find((o) => o.properties?.["type"]?.const === type.value);
  if (option) check(node, option, `${what} "${String(type.value)}"`, report);
  else {
    const known = [...typesOf(objects), ...(names ?? [])];
    report(
      type,
      `Unknown ${lower(what)} ${describe(type)}${suggestion(String(type.value), known)}`,
    );
  }
}

function checkName(
  node: Node,
  names: string[],
  what: string,
  report: Report,
  objectTypes: string[] = [],
): void {
  if (typeof node.value === "string" && names.includes(node.value)) return;
  if (objectTypes.includes(node.value)) {
    report(node, `${what} "${node.value}" needs settings: write { "type": "${node.value}", … }.`);
  } else if (typeof node.value === "string") {
    const hint = suggestion(node.value, [...names, ...objectTypes]);
    report(node, `Unknown ${lower(what)} "${node.value}"${hint}`);
  } else report(node, `${what} must be a name, not ${describe(node)}: ${names.join(", ")}.`);
}

function checkObject(node: Node, schema: Schema, what: string, report: Report): void {
  if (node.type !== "object") {
    report(node, `${what} must be an object { … }, not ${describe(node)}.`);
    return;
  }
  const properties = schema.properties ?? {};
  const seen = new Set<string>();
  for (const entry of node.children ?? []) {
    const [key, value] = entry.children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    const expected = properties[name];
    if (seen.has(name)) report(key, `"${name}" stands twice in ${lower(what)}: keep one.`);
    else if (!expected) {
      const hint = suggestion(name, Object.keys(properties));
      report(key, `Unknown setting "${name}" in ${lower(what)}${hint}`);
    } else if (expected.const === undefined) check(value, expected, `"${name}"`, report);
    seen.add(name);
  }
  const missing = (schema.required ?? []).filter((name) => !seen.has(name));
  if (missing.length > 0) {
    report(node, `${what} lacks ${missing.map((name) => `"${name}"`).join(", ")}.`);
  }
}

function checkArray(node: Node, schema: Schema, what: string, report: Report): void {
  if (node.type !== "array") report(node, `${what} must be a list [ … ], not ${describe(node)}.`);
  else if ((node.children?.length ?? 0) < (schema.minItems ?? 0)) {
    report(node, `${what} is empty: it needs at least ${schema.minItems} entry.`);
  }
  const item = what === '"layers"' ? "Layer" : what;
  for (const child of node.children ?? []) check(child, schema.items ?? {}, item, report);
}

function checkScalar(node: Node, schema: Schema, what: string, report: Report): void {
  const { value } = node;
  if (schema.type === "integer" ? !Number.isInteger(value) : schema.type !== node.type) {
    const wanted = schema.type === "integer" ? "whole number" : schema.type;
    report(node, `${what} must be a ${wanted}, not ${describe(node)}.`);
    return;
  }
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (minimum !== undefined && value < minimum)
    report(node, `${what} must be at least ${minimum}.`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    report(node, `${what} must be above ${exclusiveMinimum}.`);
  if (maximum !== undefined && value > maximum) report(node, `${what} must be at most ${maximum}.`);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    report(node, `${what} must be below ${exclusiveMaximum}.`);
  if (schema.minLength !== undefined && value === "") report(node, `${what} must not be empty.`);
}

function property(node: Node, name: string): Node | undefined {
  return node.children?.find((entry) => entry.children?.[0]?.value === name)?.children?.[1];
}

function typesOf(objects: Schema[]): string[] {
  return objects.map((o) => String(o.properties?.["type"]?.const));
}

function describe(node: Node): string {
  if (node.type === "object") return "an object";
  if (node.type === "array") return "a list";
  return JSON.stringify(node.value);
}

/** Lower-cases a leading word; quoted names stay as they are. */
function lower(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}
