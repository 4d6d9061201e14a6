/** The text of a JSON document with comments: its syntax tree, and where everything in it stands. */
import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";

/** A mistake in the text; line and column count from 1, offset from 0. */
export interface Problem {
  message: string;
  offset: number;
  length: number;
  line: number;
  column: number;
}

export type Place = Omit<Problem, "message">;

export interface ReadDocument {
  /** Without the key `$schema`, which editors put into JSON files; missing where the text cannot be understood. */
  root?: Node;
  /** Of the syntax; what `report` is told is added. */
  problems: Problem[];
  /** Notes a mistake at a node. */
  report(node: Node, message: string): void;
  /** Where the value at a path stands, e.g. `["layers", 0, "units"]`; its nearest existing parent if it does not. */
  locate(path: JSONPath): Place;
}

/** @param what the document is, as messages name it: "recipe" */
export function readDocument(text: string, what: string): ReadDocument {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const placed = (offset: number, length: number): Place => {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    return { offset, length, line, column: offset - before.lastIndexOf("\n") };
  };
  const locate = (path: JSONPath): Place => {
    for (let depth = path.length; root && depth > 0; depth--) {
      const node = findNodeAtLocation(root, path.slice(0, depth));
      if (node) return placed(node.offset, node.length);
    }
    return placed(root?.offset ?? 0, root?.length ?? 0);
  };
  // After a slip the parser stumbles over what follows it; those are no mistakes of their own.
  const problems: Problem[] = errors.slice(0, 1).map(({ error, offset, length }) => ({
    message: syntaxMessage(printParseErrorCode(error), text[offset], what),
    ...placed(offset, length),
  }));
  const report = (node: Node, message: string) => {
    problems.push({ message, ...placed(node.offset, node.length) });
  };
  if (text.trim() === "") {
    return { problems: [{ message: `The ${what} is empty.`, ...placed(0, 0) }], report, locate };
  }
  if (problems.length > 0 || !root) return { problems, report, locate };
  return { root: withoutSchemaKey(root), problems, report, locate };
}

/** @param at the character that the parser stumbled over */
function syntaxMessage(code: string, at: string | undefined, what: string): string {
  if (code === "CommaExpected" && at === ":")
    return "A list is not closed before this key: add a ].";
  if (code === "EndOfFileExpected") return `Nothing may follow the end of the ${what}.`;
  return `${SYNTAX[code] ?? "This is not valid JSON"}.`;
}

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
  UnexpectedEndOfComment: "This comment is not closed",
  UnexpectedEndOfString: "This text is not closed: a double quote is missing",
  UnexpectedEndOfNumber: "This number is not complete",
};
