/** Replaces `length` characters at `offset`. */
export interface TextEdit {
  offset: number;
  length: number;
  text: string;
}
