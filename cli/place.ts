import { relative } from "node:path";
import type { Anchor } from "../telemetry/events.ts";

/** `file:line:column: sentence`, as terminals make it a link. */
export function placed(sentence: string, anchor: Anchor | null): string {
  if (!anchor) return sentence;
  const { file, line, column } = anchor;
  return `${relative(process.cwd(), file)}:${line}:${column}: ${sentence}`;
}
