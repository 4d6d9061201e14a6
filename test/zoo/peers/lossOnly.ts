/** Two guards that look at nothing but the loss. */
import { inARow, type Peer, type Rule } from "./peer.ts";

/** Steps of the running mean. */
const WINDOW = 100;

/** LLM Foundry's KillLossSpike: above twice the running mean for 4 steps, or above 10 at all after the window. */
const spike: Rule = (run) => {
  const losses = run.steps.map(({ loss }) => loss);
  const judged = losses.flatMap((loss, i) => {
    if (i < WINDOW) return [];
    const mean = losses.slice(i - WINDOW, i).reduce((sum, value) => sum + value, 0) / WINDOW;
    return [{ loss, mean }];
  });
  return inARow(judged, 4, ({ loss, mean }) => loss > 2 * mean || (loss > 10 && mean > 10));
};

export const killLossSpike: Peer = {
  name: "KillLossSpike",
  source: "LLM Foundry's callback: window 100, factor 2, patience 4, cap 10",
  rules: { spike },
  leftOut: [],
};

export const nanCheck: Peer = {
  name: "NaN check only",
  source: "Lightning's and Keras' TerminateOnNaN",
  rules: { NaN: (run) => run.steps.some(({ loss }) => !Number.isFinite(loss)) },
  leftOut: [],
};
