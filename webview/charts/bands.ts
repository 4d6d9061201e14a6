/** Which curves and which steps a finding is about. */
import type { Finding } from "../../diagnosis/finding.ts";
import type { Figure } from "./figures/figure.ts";
import type { Band } from "./scene.ts";
import type { Range } from "./stage.ts";
import type { Theme } from "./theme.ts";

/** The curves of a figure that a finding names in its evidence, or by their layer where no figure has those. */
export function curvesOf(finding: Finding, figure: Figure, all: readonly Figure[]): Set<string> {
  const metrics = new Set(finding.evidence.map(({ metric }) => metric));
  const shown = all.some(({ lines }) => lines.some(({ curve }) => metrics.has(curve)));
  const lines = figure.lines.filter(({ curve, label }) =>
    shown ? metrics.has(curve) : finding.layers.includes(label),
  );
  return new Set(lines.map(({ curve }) => curve));
}

/** The bands of a figure: the chosen finding everywhere, other open ones where their curves are. */
export function bandsOf(
  findings: readonly Finding[],
  chosen: Finding | null,
  figure: Figure,
  all: readonly Figure[],
  theme: Theme,
): Band[] {
  return findings.flatMap((finding): Band[] => {
    const concerned = curvesOf(finding, figure, all).size > 0;
    const isChosen = finding === chosen;
    if (!isChosen && (!concerned || finding.state === "resolved")) return [];
    const { firstStep: from, lastStep: to, severity } = finding;
    return [{ from, to, colour: theme[severity], filled: isChosen && concerned }];
  });
}

/** The steps to zoom to: a finding's, with some of what was before and after. */
export function stretchOf({ firstStep, lastStep }: Finding, runsTo: number): Range {
  const room = Math.max(10, Math.ceil((lastStep - firstStep) * 0.25));
  return { from: Math.max(0, firstStep - room), to: Math.min(runsTo, lastStep + room) };
}
