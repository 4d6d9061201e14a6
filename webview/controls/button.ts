/** Buttons, and buttons that stay pressed. */
import { make } from "../dom.ts";
import { toolkitElement } from "./toolkit.ts";

export interface ButtonLook {
  /** Primary is what we advise. */
  kind?: "primary" | "secondary";
  /** Shown on hovering. */
  hint?: string;
}

/** A button with a text. */
export function button(label: string, onPress: () => void, look: ButtonLook = {}): HTMLElement {
  const element = toolkitElement("button");
  const { kind = "secondary", hint } = look;
  element.setAttribute("appearance", kind);
  element.classList.add("button");
  if (hint) element.title = hint;
  element.textContent = label;
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    onPress();
  });
  return element;
}

/** A button that is on or off. */
export interface Toggle {
  element: HTMLElement;
  set(on: boolean): void;
}

/** A small quiet button that shows whether it is on. The toolkit has none: its button keeps that to itself. */
export function toggle(label: string, onPress: () => void, hint: string): Toggle {
  const element = make("button", "toggle", label);
  element.type = "button";
  element.title = hint;
  element.addEventListener("click", onPress);
  const set = (on: boolean) => element.setAttribute("aria-pressed", String(on));
  set(false);
  return { element, set };
}
