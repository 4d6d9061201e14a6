/** The update rules of lessons 000 and 002, on x² from 1 and in a ravine. */
import { adam } from "../optimizers/adam.ts";
import { adamw } from "../optimizers/adamw.ts";
import { rmsprop } from "../optimizers/rmsprop.ts";
import { sgd } from "../optimizers/sgd.ts";
import type { Rule } from "../optimizers/update.ts";
import { descend, parabola, ravine, ravineLoss } from "./descend.ts";
import type { Figure } from "./figure.ts";

/** The places on x² after each update from 1. */
function onParabola(rule: Rule, rates: number[]): number[] {
  return descend({ rule, rates, start: [1], gradient: parabola })
    .flat()
    .slice(1);
}

/** Losses in the ravine along 100 steps from (1, 1), at lesson 000's rate. */
function inRavine(settings: { momentum?: number; nesterov?: boolean }): number[] {
  const rule = sgd({ type: "sgd", ...settings });
  const rates = Array<number>(100).fill(0.01);
  return descend({ rule, rates, start: [1, 1], gradient: ravine }).map(ravineLoss);
}

export function optimizerFigures(): Figure[] {
  return [...momentum(), ...nesterov(), ...momentumForms(), ...adaptive()];
}

function momentum(): Figure[] {
  const classic = sgd({ type: "sgd", momentum: 0.9 });
  return [
    {
      at: "000:113",
      what: "momentum, three steps on x² from 1",
      run: true,
      lesson: "0.980000, 0.942400, 0.889712",
      ours: onParabola(classic, [0.01, 0.01, 0.01]),
    },
    {
      at: "000:118",
      what: "loss after 100 steps in a ravine: without and with",
      run: true,
      lesson: "0.0670, 4.08e-06",
      ours: [inRavine({})[100]!, inRavine({ momentum: 0.9 })[100]!],
    },
  ];
}

function nesterov(): Figure[] {
  const ahead = sgd({ type: "sgd", momentum: 0.9, nesterov: true });
  const below = (losses: number[]) => losses.findIndex((loss) => loss < 1e-3);
  return [
    {
      at: "000:137",
      what: "Nesterov, three steps on x² from 1",
      run: true,
      lesson: "0.980000, 0.942760, 0.891059",
      ours: onParabola(ahead, [0.01, 0.01, 0.01]),
    },
    {
      at: "000:142",
      what: "steps until the ravine's loss is below 0.001: momentum, Nesterov",
      run: true,
      lesson: "64, 25",
      ours: [
        below(inRavine({ momentum: 0.9 })),
        below(inRavine({ momentum: 0.9, nesterov: true })),
      ],
    },
  ];
}

/** The two lessons write momentum differently; the paths part when the rate changes. */
function momentumForms(): Figure[] {
  const forms = [
    ["classic", "000:104", "0.8000, 0.4600, 0.1448, -0.1418"],
    ["torch", "002:62", "0.8000, 0.4600, 0.4202, 0.3760"],
  ] as const;
  return forms.map(([momentumForm, at, lesson]) => {
    const rule = sgd({ type: "sgd", momentum: 0.9, momentumForm });
    return {
      at,
      what: "momentum as this lesson writes it; rate 0.1, then 0.01 after two steps",
      run: true,
      lesson,
      ours: onParabola(rule, [0.1, 0.1, 0.01, 0.01]),
    };
  });
}

function adaptive(): Figure[] {
  const rates = [0.001, 0.001, 0.001];
  const rmspropRule = rmsprop({ type: "rmsprop" });
  const still = descend({ rule: rmspropRule, rates: [0.001], start: [0], gradient: parabola });
  return [
    {
      at: "002:62",
      what: "RMSProp (β 0.9, rate 0.001), three steps on x² from 1",
      run: true,
      lesson: "0.996838, 0.994547, 0.992631",
      ours: onParabola(rmspropRule, rates),
    },
    {
      at: "002:62",
      what: "RMSProp's first step where the gradient is 0",
      run: true,
      lesson: "NaN",
      ours: { text: String(still[1]![0]), holds: still[1]![0] === 0 },
      wrong: {
        reason: "Without an ε beside the root, a gradient of exactly 0 divides 0 by 0.",
      },
    },
    {
      at: "002:62",
      what: "Adam (hats as in the paper: divided by 1 − βᵗ), rate 0.001",
      run: true,
      lesson: "0.999000000, 0.998000026, 0.997000096",
      ours: onParabola(adam({ type: "adam" }), rates),
    },
    {
      at: "002:68",
      what: "AdamW, weight decay 0.01",
      run: true,
      lesson: "0.998990000, 0.997980037, 0.996970127",
      ours: onParabola(adamw({ type: "adamw", weightDecay: 0.01 }), rates),
    },
  ];
}
