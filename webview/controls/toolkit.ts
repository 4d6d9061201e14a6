/**
 * The one place that loads Microsoft's webview toolkit. It is end-of-life: whoever replaces it changes this
 * folder only. Taken from it are the button and the dropdown; its badge and its progress ring write
 * style attributes, which the page's content policy forbids, so ours stand beside them.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
} from "@vscode/webview-ui-toolkit";

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption());

/** Makes one of the toolkit's elements. */
export function toolkitElement(tag: "button" | "dropdown" | "option"): HTMLElement {
  return document.createElement(`vscode-${tag}`);
}
