/** The few icons of the page, drawn as strokes on a 16 by 16 grid in the colour of the text around them. */

const CIRCLE = "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z";
const PATHS = {
  error: `${CIRCLE}M5.5 5.5l5 5M10.5 5.5l-5 5`,
  warning: "M8 2l6.5 11.5h-13ZM8 6.2v3.6M8 11.4v.6",
  info: `${CIRCLE}M8 7.2v4M8 4.6v.6`,
  resolved: `${CIRCLE}M5 8.2l2.1 2.1L11 6.2`,
  curve: "M1.5 1.5v13h13M4 4.5c.8 5 3 6.5 9.5 7",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon; with a label it is read out, without one it is an ornament. */
export function icon(name: IconName, label?: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.classList.add("icon", name);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
