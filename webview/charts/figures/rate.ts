/** The learning rate at each step. */
import { type FigureKind, makeFigure } from "./figure.ts";

export const learningRate: FigureKind = ({ curves }) =>
  curves.includes("learningRate")
    ? [
        makeFigure({
          id: "learningRate",
          title: "Learning rate",
          unit: "by step",
          lines: [{ curve: "learningRate", label: "learning rate", hue: 3, weight: "exact" }],
        }),
      ]
    : [];
