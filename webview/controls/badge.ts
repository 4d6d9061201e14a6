/** A short word in a box: a status, a count. */
import { make, write } from "../dom.ts";

export type Tone = "plain" | "good" | "bad" | "warning" | "active";

export interface Badge {
  element: HTMLElement;
  set(text: string, tone: Tone): void;
}

/** A badge, empty until it is set. */
export function badge(): Badge {
  const element = make("span", "badge");
  return {
    element,
    set(text, tone) {
      write(element, text);
      element.dataset["tone"] = tone;
    },
  };
}
