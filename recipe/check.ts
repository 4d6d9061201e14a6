/** Compares a syntax tree with a schema; every mistake becomes one sentence at its place. */
import type { Node } from "jsonc-parser";

/** The parts of JSON Schema that our schemas use. */
export interface Schema {
  /** What an entry of a list is called. */
  title?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  $ref?: string;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Context {
  report(node: Node, message: string): void;
  /** What a `$ref` names. */
  definitions: Record<string, Schema>;
  /** Of a name that is not known: the known one that was meant, and the end of a sentence that helps. */
  spelling(given: string, known: readonly string[]): { meant: string | undefined; hint: string };
}

/** Reports every way in which `node` is not what `schema` asks for. `what` names it in messages. */
export function check(node: Node, schema: Schema, what: string, context: Context): void {
  if (schema.$ref) check(node, context.definitions[schema.$ref] ?? {}, what, context);
  else if (schema.anyOf) checkUnion(node, flat(schema.anyOf), what, context);
  else if (schema.enum) checkName(node, schema.enum.map(String), what, context);
  else if (schema.type === "object") checkObject(node, schema, what, context);
  else if (schema.type === "array") checkArray(node, schema, what, context);
  else checkScalar(node, schema, what, context);
}

function flat(options: Schema[]): Schema[] {
  return options.flatMap((option) => (option.anyOf ? flat(option.anyOf) : [option]));
}

/** An alternative is chosen by the kind of value, and among objects by the constant in their `type` key. */
function checkUnion(node: Node, options: Schema[], what: string, context: Context): void {
  const objects = options.filter((option) => option.properties);
  const names = options.find((option) => option.enum)?.enum?.map(String);
  const list = options.find((option) => option.type === "array");
  const number = options.find(({ type }) => type === "integer" || type === "number");
  if (node.type === "object" && objects.length > 0)
    checkVariant(node, objects, names, what, context);
  else if (node.type === "array" && list) check(node, list, what, context);
  else if (node.type === "number" && number) check(node, number, what, context);
  else if (names && !number) checkName(node, names, what, context, objects);
  else if (number) {
    if (names?.includes(node.value)) return;
    const others = [...(names ?? []).map((name) => `"${name}"`), ...(list ? ["a list [ … ]"] : [])];
    const wanted = ["a number", ...others].join(" or ");
    context.report(node, `${what} must be ${wanted}, not ${describe(node)}.`);
  } else if (typeof node.value === "string") checkWord(node, objects, what, context);
  else context.report(node, `${what} must be an object with a "type", not ${describe(node)}.`);
}

/** A word where only objects are possible: perhaps the type of one. */
function checkWord(node: Node, objects: Schema[], what: string, context: Context): void {
  const object = objects.find((option) => typeOf(option) === node.value);
  if (object) context.report(node, `${what} must be an object: write ${written(object)}.`);
  else checkName(node, [], what, context, objects);
}

function checkVariant(
  node: Node,
  objects: Schema[],
  names: string[] | undefined,
  what: string,
  context: Context,
): void {
  const type = property(node, "type");
  const option = objects.find((each) => typeOf(each) === type?.value);
  if (!type) {
    const known = objects.map(typeOf).join(", ");
    context.report(node, `${what} needs a "type"; known here: ${known}.`);
  } else if (option) check(node, option, `${what} "${String(type.value)}"`, context);
  else if (names?.includes(type.value)) {
    context.report(node, `${what} "${type.value}" has no settings: write "${type.value}" alone.`);
  } else if (typeof type.value === "string") checkName(type, names ?? [], what, context, objects);
  else context.report(type, `"type" must be a name, not ${describe(type)}.`);
}

function checkName(
  node: Node,
  names: string[],
  what: string,
  context: Context,
  objects: Schema[] = [],
): void {
  if (typeof node.value === "string" && names.includes(node.value)) return;
  const object = objects.find((each) => typeOf(each) === node.value);
  if (object) {
    context.report(node, `${what} "${node.value}" needs settings: write ${written(object)}.`);
  } else if (typeof node.value === "string") {
    const known = [...new Set([...names, ...objects.map(typeOf)])];
    const { hint } = context.spelling(node.value, known);
    context.report(node, `Unknown ${lower(what)} "${node.value}"${hint}`);
  } else
    context.report(node, `${what} must be a name, not ${describe(node)}: ${names.join(", ")}.`);
}

function checkObject(node: Node, schema: Schema, what: string, context: Context): void {
  if (node.type !== "object") {
    context.report(node, `${what} must be an object { … }, not ${describe(node)}.`);
    return;
  }
  const properties = schema.properties ?? {};
  const seen = new Set<string>();
  const meant = new Set<string | undefined>();
  for (const entry of node.children ?? []) {
    const [key, value] = entry.children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    const expected = properties[name];
    if (seen.has(name)) context.report(key, `"${name}" stands twice in ${lower(what)}: keep one.`);
    else if (!expected) {
      const spelt = context.spelling(name, Object.keys(properties));
      context.report(key, `Unknown setting "${name}" in ${lower(what)}${spelt.hint}`);
      meant.add(spelt.meant);
    } else if (expected.const === undefined) check(value, expected, `"${name}"`, context);
    seen.add(name);
  }
  const missing = (schema.required ?? []).filter((name) => !seen.has(name) && !meant.has(name));
  if (missing.length > 0) {
    context.report(node, `${what} lacks ${missing.map((name) => `"${name}"`).join(", ")}.`);
  }
}

function checkArray(node: Node, schema: Schema, what: string, context: Context): void {
  if (node.type !== "array") {
    context.report(node, `${what} must be a list [ … ], not ${describe(node)}.`);
    return;
  }
  checkLength(node, schema, what, context);
  const item = what === '"layers"' ? "Layer" : (schema.items?.title ?? what);
  for (const child of node.children ?? []) check(child, schema.items ?? {}, item, context);
}

function checkLength(node: Node, schema: Schema, what: string, context: Context): void {
  const length = node.children?.length ?? 0;
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if (length >= minItems && length <= maxItems) return;
  if (length === 0) context.report(node, `${what} is empty: it needs at least ${minItems} entry.`);
  else {
    const wanted = minItems === maxItems ? minItems : `${minItems} to ${maxItems}`;
    context.report(
      node,
      `${what} has ${length} ${length === 1 ? "entry" : "entries"}: it needs ${wanted}.`,
    );
  }
}

const ANYTHING = { wanted: "", fits: (_: unknown) => true };
const KINDS: Record<string, typeof ANYTHING> = {
  integer: { wanted: "a whole number", fits: Number.isInteger },
  // A number such as 1e400 is read as infinite.
  number: { wanted: "a number", fits: Number.isFinite },
  boolean: { wanted: "true or false", fits: (value) => typeof value === "boolean" },
  string: { wanted: "text", fits: (value) => typeof value === "string" },
};

function checkScalar(node: Node, schema: Schema, what: string, context: Context): void {
  const { value } = node;
  const { wanted, fits } = KINDS[schema.type ?? ""] ?? ANYTHING;
  if (!fits(value)) {
    context.report(node, `${what} must be ${wanted}, not ${describe(node)}.`);
    return;
  }
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (minimum !== undefined && value < minimum)
    context.report(node, `${what} must be at least ${minimum}.`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    context.report(node, `${what} must be above ${exclusiveMinimum}.`);
  if (maximum !== undefined && value > maximum)
    context.report(node, `${what} must be at most ${maximum}.`);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    context.report(node, `${what} must be below ${exclusiveMaximum}.`);
  if (schema.minLength !== undefined && value === "")
    context.report(node, `${what} must not be empty.`);
}

function property(node: Node, name: string): Node | undefined {
  return node.children?.find((entry) => entry.children?.[0]?.value === name)?.children?.[1];
}

/** The constant that tells one alternative from the others. */
function typeOf(object: Schema): string {
  return String(object.properties?.["type"]?.const);
}

/** How an alternative is written, with the settings that it needs. */
function written(object: Schema): string {
  const settings = (object.required ?? []).filter((name) => name !== "type");
  const entries = [`"type": "${typeOf(object)}"`, ...settings.map((name) => `"${name}": …`)];
  return `{ ${entries.join(", ")} }`;
}

function describe(node: Node): string {
  if (node.type === "object") return "an object";
  if (node.type === "array") return "a list";
  return typeof node.value === "number" ? String(node.value) : JSON.stringify(node.value);
}

/** Lower-cases a leading word; quoted names stay as they are. */
function lower(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}
