/** One rank of a distributed training takes longer than the others, and all wait for it at every step. */
import { defineDetector, type Judge } from "../detector.ts";
import { short } from "../format.ts";
import { median, Window } from "../robust.ts";

export const stragglerRank = defineDetector({
  symptom: "straggler-rank",
  lesson: "Lesson 002, data parallelism (S2-28; Dean et al. 2012)",
  needs: ["ranks.seconds"],
  starts: "after nine measurements of the ranks",
  thresholds: {
    factor: {
      value: 1.5,
      what: "median seconds of a rank over those of the others",
      source: "Ours: from there on a third of every step is waiting",
    },
    measurements: {
      value: 9,
      what: "measurements whose median is judged",
      source: "Ours: never from one slow step",
    },
  },
  remedies: [],
  on: ["ranks"],
  create({ factor, measurements }): Judge {
    const ranks: Window[] = [];
    let count = 0;
    let firstStep: number | undefined;
    return (event, history) => {
      if (event.kind !== "ranks" || event.seconds.length < 2) return undefined;
      event.seconds.forEach((seconds, rank) => {
        ranks[rank] ??= new Window(measurements);
        ranks[rank].push(seconds);
      });
      if (++count < measurements) return undefined;
      const medians = ranks.map(({ values }) => median(values));
      const slowest = medians.indexOf(Math.max(...medians));
      const seconds = medians[slowest] as number;
      const others = median(medians.filter((_, rank) => rank !== slowest));
      if (!(seconds > factor * others)) {
        const open = firstStep !== undefined;
        firstStep = undefined;
        return open ? null : undefined;
      }
      firstStep ??= event.step;
      const span = { firstStep, lastStep: event.step };
      const text = `rank ${slowest} takes ${short(seconds)} s a step, the others ${short(others)} s`;
      return {
        severity: "warning",
        ...span,
        layers: [],
        message: `All ranks wait for one: ${text}, so ${short(seconds - others)} s of every step are lost.`,
        evidence: [
          {
            metric: "ranks.seconds",
            layer: null,
            ...span,
            value: seconds / others,
            threshold: factor,
            text,
          },
        ],
        anchor: history.run?.anchors.fit ?? null,
      };
    };
  },
});
