/** A remedy turned into text edits of the user's file. Pure: text in, edits out. */
import type { Finding, RemedyOffer } from "../diagnosis/finding.ts";
import type { RunEvent } from "../telemetry/events.ts";
import { recipeEdits } from "./recipe/index.ts";
import { locateInRecipe } from "./recipe/locate.ts";
import type { TextEdit } from "./textEdit.ts";

export interface Fix {
  remedy: RemedyOffer;
  /** Empty when the remedy cannot be written into this text. */
  edits: TextEdit[];
  /** Why there are no edits, one sentence. */
  disabled?: string;
}

/** One fix for each remedy of the finding, in its order, against the text as it stands now. */
export function fixesFor(text: string, finding: Finding): Fix[] {
  return finding.remedies.map((remedy) => ({ remedy, ...recipeEdits(text, remedy) }));
}

/** Where a finding belongs in the text as it stands now: edits since the run may have moved it. */
export function locateFinding(
  text: string,
  finding: Finding,
  run: RunEvent,
): { offset: number; length: number } | undefined {
  return locateInRecipe(text, finding, run);
}
