/** What the schema cannot say: settings that are each valid but do not fit together. */
import type { JSONPath } from "jsonc-parser";
import { checkData } from "./data/sense.ts";
import type { Initializer } from "./initializers.ts";
import { nameLayers } from "./layerNames.ts";
import { checkOptimizer } from "./optimizers/sense.ts";
import type { Recipe } from "./schema.ts";

interface Mistake {
  path: JSONPath;
  message: string;
}

const rules: ((recipe: Recipe) => Mistake[])[] = [
  dataFits,
  optimizerFits,
  namesAreUnique,
  somethingLearns,
  outputFitsLoss,
  softmaxOnlyAtTheEnd,
  uniformHasARange,
  emphasisShuffles,
];

export function checkSense(recipe: Recipe): Mistake[] {
  return rules.flatMap((rule) => rule(recipe));
}

function dataFits({ data, loss }: Recipe): Mistake[] {
  return checkData(data, loss);
}

function optimizerFits(recipe: Recipe): Mistake[] {
  return checkOptimizer(recipe);
}

function namesAreUnique({ layers }: Recipe): Mistake[] {
  const seen = new Set<string>();
  return nameLayers(layers).flatMap(({ layer: { name }, path }) => {
    if (name === undefined) return [];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        path: [...path, "name"],
        message: `Two layers are named "${name}": give each its own name.`,
      },
    ];
  });
}

function somethingLearns({ layers }: Recipe): Mistake[] {
  const weighted: string[] = ["dense", "conv2d", "rbf"];
  if (nameLayers(layers).some(({ layer }) => weighted.includes(layer.type))) return [];
  return [
    {
      path: ["layers"],
      message: 'There is no layer that learns: add a { "type": "dense", "units": … }.',
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
  const last = layers[layers.length - 1];
  return nameLayers(layers).flatMap(({ layer, path }) =>
    layer !== last && "activation" in layer && layer.activation === "softmax"
      ? [
          {
            path: [...path, "activation"],
            message: "softmax belongs on the last layer only: use relu here.",
          },
        ]
      : [],
  );
}

function uniformHasARange({ layers }: Recipe): Mistake[] {
  return nameLayers(layers).flatMap(({ layer, path }) =>
    Object.entries(layer).flatMap(([key, value]) => {
      const initializer = value as Exclude<Initializer, string>;
      if (!key.endsWith("Initializer") || initializer.type !== "randomUniform") return [];
      if (initializer.minval < initializer.maxval) return [];
      const message = '"minval" must be below "maxval".';
      return [{ path: [...path, key, "minval"], message }];
    }),
  );
}

function emphasisShuffles({ emphasis, shuffle }: Recipe): Mistake[] {
  if (!emphasis || shuffle !== false) return [];
  return [
    {
      path: ["shuffle"],
      message: '"emphasis" draws the rows of each epoch at random: leave "shuffle" out.',
    },
  ];
}
