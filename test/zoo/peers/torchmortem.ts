/** torchmortem (sebseager/torchmortem): its detectors judge after the run. */
import { median } from "../../../diagnosis/robust.ts";
import type { Peer, Rule, Telemetry } from "./peer.ts";

const column = (run: Telemetry, name: "gradientNorm" | "updateRatio", layer: number) =>
  run.sampled.map(({ layers }) => layers[name][layer] ?? Number.NaN);

/** Gradient of the first layer over that of the last, the median over the run. */
function firstOverLast(run: Telemetry): number {
  const [first, last] = [run.weighted[0], run.weighted.at(-1)];
  if (first === undefined || last === undefined) return 1;
  return median(column(run, "gradientNorm", first)) / median(column(run, "gradientNorm", last));
}

/** Gradients below 1e-8 for 30 % of the steps. */
const stalled: Rule = (run) =>
  run.sampled.length > 0 &&
  run.weighted.some((layer) => {
    const norms = column(run, "gradientNorm", layer);
    return norms.filter((norm) => norm < 1e-8).length >= 0.3 * norms.length;
  });

/** In the second half of the run. */
const dead: Rule = (run) =>
  run.epochs
    .slice(Math.floor(run.epochs.length / 2))
    .some(({ silent }) => silent.some((share) => (share ?? 0) > 0.5));

/** Exact zeros are left out: a frozen layer is not seen. */
const ratio: Rule = (run) =>
  run.weighted.some((layer) => {
    const ratios = column(run, "updateRatio", layer).filter((value) => value > 0);
    const middle = median(ratios);
    return ratios.length > 0 && (middle < 1e-5 || middle > 0.1);
  });

/** The loss keeps within a relative 1e-5 over 20 steps. */
const plateau: Rule = (run) => {
  const losses = run.steps.map(({ loss }) => loss);
  return losses.some((loss, i) => {
    const window = losses.slice(i, i + 20);
    return (
      window.length === 20 && Math.max(...window) - Math.min(...window) < 1e-5 * Math.abs(loss)
    );
  });
};

/** 1.5 times higher after 20 steps, 80 % of which rose. */
const diverging: Rule = (run) => {
  const losses = run.steps.map(({ loss }) => loss);
  return losses.some((loss, i) => {
    const before = losses[i - 20];
    if (before === undefined || loss < 1.5 * before) return false;
    const rises = losses.slice(i - 19, i + 1).filter((value, j) => value > losses[i - 20 + j]!);
    return rises.length >= 16;
  });
};

export const torchmortem: Peer = {
  name: "torchmortem",
  source: "the detectors of sebseager/torchmortem",
  rules: {
    vanish: (run) => firstOverLast(run) < 1 / 100,
    explode: (run) => run.nonFinite || firstOverLast(run) > 1000,
    stalled,
    dead,
    ratio,
    plateau,
    diverging,
  },
  leftOut: ["edge of stability, gradient signal to noise, rank (curvature and single gradients)"],
};
