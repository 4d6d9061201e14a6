/** What the schema cannot say: settings that are each valid but do not fit together. */
import type { JSONPath } from "jsonc-parser";
import type { Recipe } from "./schema.ts";

interface Mistake {
  path: JSONPath;
  message: string;
}

const rules: ((recipe: Recipe) => Mistake[])[] = [
  splitAddsUp,
  everyPartHasAShare,
  namesAreUnique,
  lastLayerHasUnits,
  outputFitsLoss,
  softmaxOnlyAtTheEnd,
  nesterovNeedsMomentum,
];

export function checkSense(recipe: Recipe): Mistake[] {
  return rules.flatMap((rule) => rule(recipe));
}

function splitAddsUp({ data: { split } }: Recipe): Mistake[] {
  if (!split) return [];
  const sum = split.train + split.validation + split.test;
  if (Math.abs(sum - 1) < 1e-6) return [];
  return [
    {
      path: ["data", "split"],
      message: `The shares of "split" add up to ${round(sum)}: make them add up to 1.`,
    },
  ];
}

function everyPartHasAShare({ data: { split } }: Recipe): Mistake[] {
  return (["train", "validation"] as const).flatMap((part) =>
    split?.[part] === 0
      ? [
          {
            path: ["data", "split", part],
            message: `The ${part} split is empty: give it a share above 0.`,
          },
        ]
      : [],
  );
}

function namesAreUnique({ layers }: Recipe): Mistake[] {
  const seen = new Set<string>();
  return layers.flatMap(({ name }, i) => {
    if (name === undefined) return [];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        path: ["layers", i, "name"],
        message: `Two layers are named "${name}": give each its own name.`,
      },
    ];
  });
}

function lastLayerHasUnits({ layers }: Recipe): Mistake[] {
  if (layers.some((layer) => layer.type === "dense")) return [];
  return [
    {
      path: ["layers"],
      message: 'There is no "dense" layer, so there is nothing to train: add one.',
    },
  ];
}

/** The activation that the network ends with, and where it stands. */
function outputOf({ layers }: Recipe): { activation: string; path: JSONPath } {
  const index = layers.findLastIndex((layer) => layer.type !== "dropout");
  const layer = layers[index];
  const activation = layer && "activation" in layer ? (layer.activation ?? "linear") : "linear";
  return { activation, path: ["layers", index, "activation"] };
}

function outputFitsLoss(recipe: Recipe): Mistake[] {
  const { activation, path } = outputOf(recipe);
  const wanted: Record<Recipe["loss"], string[]> = {
    sparseCategoricalCrossentropy: ["softmax"],
    categoricalCrossentropy: ["softmax"],
    binaryCrossentropy: ["sigmoid"],
    meanSquaredError: [],
  };
  const allowed = wanted[recipe.loss];
  if (allowed.length === 0 || allowed.includes(activation)) return [];
  return [
    {
      path,
      message: `The loss ${recipe.loss} needs the last layer to end in "${allowed.join('" or "')}", not "${activation}".`,
    },
  ];
}

function softmaxOnlyAtTheEnd({ layers }: Recipe): Mistake[] {
  return layers.flatMap((layer, i) =>
    i < layers.length - 1 && "activation" in layer && layer.activation === "softmax"
      ? [
          {
            path: ["layers", i, "activation"],
            message: "softmax belongs on the last layer only: use relu here.",
          },
        ]
      : [],
  );
}

function nesterovNeedsMomentum({ optimizer }: Recipe): Mistake[] {
  if (optimizer.type !== "sgd" || !optimizer.nesterov || optimizer.momentum) return [];
  return [
    {
      path: ["optimizer", "nesterov"],
      message: '"nesterov" does nothing without "momentum": add "momentum": 0.9.',
    },
  ];
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
