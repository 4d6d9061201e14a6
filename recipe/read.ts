/** Reads the text of a recipe: the recipe, or every mistake with its place. Nothing is trained before this passes. */
import {
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { check, type Schema } from "./check.ts";
import { DEFINITIONS, Recipe } from "./schema.ts";
import { checkSense } from "./sense.ts";

/** A mistake in the text; line and column count from 1, offset from 0. */
export interface RecipeProblem {
  message: string;
  offset: number;
  length: number;
  line: number;
  column: number;
}

export type Place = Omit<RecipeProblem, "message">;

export interface ReadRecipe {
  /** Present when there is no problem. */
  recipe?: Recipe;
  problems: RecipeProblem[];
  /** Where the value at a path stands, e.g. `["layers", 0, "units"]`; its nearest existing parent if it does not. */
  locate(path: JSONPath): Place;
}

export function readRecipe(text: string): ReadRecipe {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const placed = (offset: number, length: number): Place => {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    return { offset, length, line, column: offset - before.lastIndexOf("\n") };
  };
  // After a slip the parser stumbles over what follows it; those are no mistakes of their own.
  const problems: RecipeProblem[] = errors.slice(0, 1).map(({ error, offset, length }) => ({
    message: syntaxMessage(printParseErrorCode(error), text[offset]),
    ...placed(offset, length),
  }));
  const report = (node: Node, message: string) =>
    problems.push({ message, ...placed(node.offset, node.length) });
  const locate = (path: JSONPath): Place => {
    for (let depth = path.length; root && depth > 0; depth--) {
      const node = findNodeAtLocation(root, path.slice(0, depth));
      if (node) return placed(node.offset, node.length);
    }
    return placed(root?.offset ?? 0, root?.length ?? 0);
  };
  if (text.trim() === "") {
    return { problems: [{ message: "The recipe is empty.", ...placed(0, 0) }], locate };
  }
  if (problems.length > 0 || !root) return { problems, locate };
  const definitions = DEFINITIONS as unknown as Record<string, Schema>;
  check(withoutSchemaKey(root), Recipe as unknown as Schema, "Recipe", { report, definitions });
  if (problems.length > 0) return { problems, locate };
  const recipe = getNodeValue(root) as Recipe;
  for (const { path, message } of checkSense(recipe)) {
    problems.push({ message, ...locate(path) });
  }
  return problems.length > 0 ? { problems, locate } : { recipe, problems, locate };
}

/** @param at the character that the parser stumbled over */
function syntaxMessage(code: string, at: string | undefined): string {
  if (code === "CommaExpected" && at === ":")
    return "A list is not closed before this key: add a ].";
  return `${SYNTAX[code] ?? "This is not valid JSON"}.`;
}

/** Editors put the key `$schema` into JSON files; it is not the recipe's. */
function withoutSchemaKey(root: Node): Node {
  const children = root.children?.filter((entry) => entry.children?.[0]?.value !== "$schema");
  return { ...root, ...(children && { children }) };
}

/** The parser's error codes in words. */
const SYNTAX: Record<string, string> = {
  InvalidSymbol:
    "This is not valid here: put text in double quotes, write true, false or null, or a number such as 0.5",
  InvalidNumberFormat: "This number is not written as JSON writes numbers",
  PropertyNameExpected: 'A key in double quotes is expected here, such as "units"',
  ValueExpected: "A value is expected here",
  ColonExpected: "A colon is missing between key and value",
  CommaExpected: "A comma is missing before this",
  CloseBraceExpected: "A closing } is missing",
  CloseBracketExpected: "A closing ] is missing",
  EndOfFileExpected: "Nothing may follow the end of the recipe",
  UnexpectedEndOfComment: "This comment is not closed",
  UnexpectedEndOfString: "This text is not closed: a double quote is missing",
  UnexpectedEndOfNumber: "This number is not complete",
};
