/** One chart for each further metric that is measured by epoch: accuracy before all. */
import { type Figure, type FigureKind, makeFigure } from "./figure.ts";

const PARTS = ["train", "validation"] as const;
/** Metrics that are shares. */
const SHARES = /accuracy|^acc$|precision|recall|^auc$|^f1/i;

export const metrics: FigureKind = ({ curves }) => {
  const names = new Set<string>();
  for (const curve of curves) {
    const metric = /^(?:train|validation)\.(.+)$/.exec(curve)?.[1];
    if (metric && metric !== "loss") names.add(metric);
  }
  return [...names].sort().map((metric): Figure => {
    const share = SHARES.test(metric);
    return makeFigure({
      id: `metric.${metric}`,
      title: metric.charAt(0).toUpperCase() + metric.slice(1),
      unit: "by epoch",
      lines: PARTS.map((part, i) => ({
        curve: `${part}.${metric}`,
        label: part,
        hue: i,
        weight: "strong" as const,
      })).filter(({ curve }) => curves.includes(curve)),
      percent: share,
      limits: share ? { max: 1 } : {},
      gap: [`train.${metric}`, `validation.${metric}`],
      best: true,
    });
  });
};
