/** A thin progress bar. */
import { make } from "../dom.ts";

export interface Progress {
  element: HTMLElement;
  /** A share from 0 to 1, or null where nobody knows how far it is. */
  set(share: number | null): void;
}

/** A progress bar that says what it measures. */
export function progress(label: string): Progress {
  const fill = make("div", "fill");
  const element = make("div", "progress", fill);
  element.setAttribute("role", "progressbar");
  element.setAttribute("aria-label", label);
  return {
    element,
    set(share) {
      element.classList.toggle("unknown", share === null);
      if (share === null) {
        element.removeAttribute("aria-valuenow");
        fill.style.width = "";
      } else {
        const percent = Math.max(0, Math.min(1, share)) * 100;
        element.setAttribute("aria-valuenow", String(Math.round(percent)));
        fill.style.width = `${percent}%`;
      }
    },
  };
}
