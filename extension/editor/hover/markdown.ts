/** Pieces of Markdown, as the editor's hovers show them. */

/** Hovers leave no room between columns, so cells bring their own. */
const GAP = "&emsp;";

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "--:"), ...rows]
    .map((cells, i) => `| ${cells.map((cell) => (i === 1 ? cell : GAP + cell)).join(" | ")} |`)
    .join("\n");
}

/** Figures on one line: `start 0.1 · end 0.01`, the figures bold. */
export function figures(pairs: readonly (readonly [name: string, figure: string])[]): string {
  return pairs.map(([name, figure]) => `${name} **${figure}**`).join(" · ");
}

/** One below the other; those that there are. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join("\n\n");
}
