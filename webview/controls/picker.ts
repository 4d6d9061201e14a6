/** A drop-down list to pick one thing from. */
import { toolkitElement } from "./toolkit.ts";

export interface Option {
  id: string;
  label: string;
}

export interface Picker {
  element: HTMLElement;
  /** Shows these options with that one chosen; the same list again changes nothing, not even an open list. */
  show(options: readonly Option[], chosen: string | null): void;
}

/** A picker that says what it picks, and calls back with the id of what the user picked. */
export function picker(label: string, onPick: (id: string) => void): Picker {
  const element = toolkitElement("dropdown") as HTMLElement & { value: string };
  element.classList.add("picker");
  element.setAttribute("aria-label", label);
  let chosenId: string | null = null;
  let shown = "";
  element.addEventListener("change", () => {
    if (element.value === chosenId) return;
    chosenId = element.value;
    onPick(element.value);
  });
  return {
    element,
    show(options, chosen) {
      const key = JSON.stringify([options, chosen]);
      if (key === shown) return;
      shown = key;
      chosenId = chosen;
      element.replaceChildren(
        ...options.map(({ id, label: text }) => {
          const option = toolkitElement("option");
          option.setAttribute("value", id);
          option.textContent = text;
          option.title = text;
          if (id === chosen) option.setAttribute("selected", "");
          return option;
        }),
      );
    },
  };
}
