/** Replaces `length` characters at `offset`. */
export interface TextEdit {
  offset: number;
  length: number;
  text: string;
}

/** The text after the edits. @param edits none overlap, and no two begin at the same place */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    result += text.slice(done, edit.offset) + edit.text;
    done = edit.offset + edit.length;
  }
  return result + text.slice(done);
}
