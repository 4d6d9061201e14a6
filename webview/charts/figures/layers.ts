/** The charts with one line a layer. */
import type { RunView } from "../../protocol.ts";
import { type Figure, type FigureKind, type Line, makeFigure } from "./figure.ts";

/** A layer has a line where it has the curve; layers without parameters have no gradient, for example. */
function layerLines(run: RunView, figure: string): Line[] {
  const there = new Set(run.curves);
  const layers = run.info?.layers ?? [];
  return layers.flatMap(({ name }, i): Line[] => {
    const curve = `layer.${i}.${figure}`;
    return there.has(curve) ? [{ curve, label: name, hue: i, weight: "normal" }] : [];
  });
}

function figureOf(about: Parameters<typeof makeFigure>[0]): Figure[] {
  return about.lines.length > 0 ? [makeFigure(about)] : [];
}

export const gradients: FigureKind = (run) => {
  const lines = layerLines(run, "gradientNorm");
  if (run.curves.includes("gradientNorm")) {
    lines.unshift({
      curve: "gradientNorm",
      label: "all layers",
      hue: "foreground",
      weight: "normal",
    });
  }
  return figureOf({
    id: "gradientNorm",
    title: "Gradient norm",
    unit: "per layer",
    lines,
    log: true,
  });
};

/** By epoch where that is measured: a unit silent on one batch may well speak on the next. */
export const silentUnits: FigureKind = (run) => {
  const byEpoch = layerLines(run, "epochSilent");
  const whole = byEpoch.length > 0;
  return figureOf({
    id: "silent",
    title: "Silent units",
    unit: whole ? "share of a layer, whole epoch" : "share of a layer, one batch",
    lines: whole ? byEpoch : layerLines(run, "silent"),
    percent: true,
    limits: { min: 0, max: 1 },
  });
};

export const updateRatios: FigureKind = (run) =>
  figureOf({
    id: "updateRatio",
    title: "Update ratio",
    unit: "update / weight norm",
    lines: layerLines(run, "updateRatio"),
    log: true,
    usual: { from: 1e-4, to: 1e-2 },
  });
