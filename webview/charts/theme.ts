/** The editor's theme, read from its CSS variables: a canvas cannot use them itself. */
import { Signal } from "../signal.ts";

export interface Theme {
  contrast: boolean;
  dark: boolean;
  foreground: string;
  /** Text beside the point: axis labels. */
  muted: string;
  background: string;
  /** Grid lines. */
  grid: string;
  error: string;
  warning: string;
  info: string;
  focus: string;
  /** The chart colours of the theme, in the order in which we hand them out. */
  hues: string[];
  fontFamily: string;
}

/** Red and yellow are not handed out: on these charts they mean errors and warnings. */
const HUES = ["blue", "orange", "green", "purple"];
const FALLBACK = ["#3794ff", "#d18616", "#89d185", "#b180d7"];

function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (names: string[], fallback: string) => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value) return value;
    }
    return fallback;
  };
  const names = document.body.classList;
  const dark = !names.contains("vscode-light") && !names.contains("vscode-high-contrast-light");
  const foreground = read(["foreground", "editor-foreground"], dark ? "#cccccc" : "#3b3b3b");
  const contrast = names.contains("vscode-high-contrast");
  return {
    contrast,
    dark,
    foreground,
    muted: contrast ? foreground : read(["descriptionForeground"], foreground),
    background: read(["editor-background"], dark ? "#1f1f1f" : "#ffffff"),
    // Borders are too loud in high contrast to stand behind lines.
    grid: contrast
      ? "rgb(128 128 128 / 45%)"
      : read(["panel-border"], dark ? "#2b2b2b" : "#e5e5e5"),
    error: read(["charts-red", "errorForeground"], "#f14c4c"),
    warning: read(["editorWarning-foreground", "charts-yellow"], "#cca700"),
    info: read(["editorInfo-foreground", "charts-blue"], "#3794ff"),
    focus: read(["focusBorder"], "#007fd4"),
    hues: HUES.map((hue, i) => opaque(read([`charts-${hue}`], FALLBACK[i] as string))),
    fontFamily: read(["font-family"], "sans-serif"),
  };
}

/** Some themes take a chart colour from a highlight that is mostly transparent: as a line it would be lost. */
export function opaque(colour: string): string {
  return colour
    .replace(/^(#[0-9a-f]{6})[0-9a-f]{2}$/i, "$1")
    .replace(/^rgba\((.+),[^,]+\)$/, "rgb($1)");
}

/** The theme as it is now and whenever the editor changes it. */
export function watchTheme(): Signal<Theme> {
  const theme = new Signal(readTheme());
  let waiting = false;
  // The editor changes many variables and then the class: one reading for all of them.
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      theme.value = readTheme();
    });
  });
  const filter = { attributes: true, attributeFilter: ["class", "style"] };
  observer.observe(document.body, filter);
  observer.observe(document.documentElement, filter);
  return theme;
}
