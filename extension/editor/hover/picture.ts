/** Pictures inside Markdown: SVG that needs nothing from outside. */

/** Blues that editors use for charts, and text with a contrast of 7 or more, on dark and on light backgrounds. */
const DARK = { text: "#d4d4d4", grid: "#808080", line: "#4daafc" };
const LIGHT = { text: "#3b3b3b", grid: "#808080", line: "#0066bf" };

export function inkOn(dark: boolean): typeof DARK {
  return dark ? DARK : LIGHT;
}

/** @param says what is seen, for those who do not see it */
export function picture(says: string, svg: string): string {
  return `![${says}](data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")})`;
}

/** A tenth of a pixel is fine enough. */
export function round(pixels: number): number {
  return Number(pixels.toFixed(1));
}
