/** A button that looks like a link, for what opens a place in the editor. */
import { make } from "../dom.ts";

/** A link with a text; pressing it calls back and navigates nowhere. */
export function link(label: string, onPress: () => void, hint: string): HTMLElement {
  const element = make("button", "link", label);
  element.type = "button";
  element.title = hint;
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    onPress();
  });
  return element;
}
