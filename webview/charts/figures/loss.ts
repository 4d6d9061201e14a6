/** Loss: the batch of every step faintly, train and validation by epoch, and the gap between the two. */
import { type FigureKind, type Line, makeFigure } from "./figure.ts";

const LINES: Line[] = [
  { curve: "loss", label: "batch", hue: 0, weight: "faint" },
  { curve: "train.loss", label: "train", hue: 0, weight: "strong" },
  { curve: "validation.loss", label: "validation", hue: 1, weight: "strong" },
];

export const loss: FigureKind = ({ curves, info }) => {
  const lines = LINES.filter(({ curve }) => curves.includes(curve));
  if (lines.length === 0) return [];
  return [
    makeFigure({
      id: "loss",
      title: "Loss",
      unit: info?.loss ?? "",
      lines,
      log: "auto",
      gap: ["train.loss", "validation.loss"],
      best: true,
    }),
  ];
};
