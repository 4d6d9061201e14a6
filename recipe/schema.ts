/** What a `*.train.json` recipe may say. The editor's JSON Schema is generated from this. */
import Type from "typebox";
import { LAYERS } from "./layers/index.ts";
import { LOSSES } from "./names.ts";
import { OPTIMIZERS } from "./optimizers/index.ts";

const Share = Type.Number({ minimum: 0, maximum: 1 });

export const Data = Type.Object(
  {
    csv: Type.String({
      minLength: 1,
      description: "Path of a CSV file with a header line, from the recipe's folder.",
    }),
    label: Type.String({ minLength: 1, description: "Header of the column to predict." }),
    rows: Type.Optional(
      Type.Integer({ minimum: 1, description: "Use only this many rows, drawn at random." }),
    ),
    split: Type.Optional(
      Type.Object(
        { train: Share, validation: Share, test: Share },
        {
          additionalProperties: false,
          description: "Shares of the rows; they add up to 1. Drawn at random by the seed.",
          default: { train: 0.7, validation: 0.15, test: 0.15 },
        },
      ),
    ),
    standardize: Type.Optional(
      Type.Boolean({
        default: true,
        description:
          "Bring every input to zero mean and unit variance, by the training rows' figures.",
      }),
    ),
  },
  { additionalProperties: false },
);

export const EarlyStopping = Type.Object(
  {
    patience: Type.Integer({
      minimum: 1,
      description: "Stop after this many epochs without a better validation loss. Usually 5 to 20.",
    }),
    minDelta: Type.Optional(
      Type.Number({ minimum: 0, default: 0, description: "How much better counts as better." }),
    ),
    restoreBestWeights: Type.Optional(
      Type.Boolean({ default: true, description: "End with the weights of the best epoch." }),
    ),
  },
  { additionalProperties: false },
);

export type RecipeLayer = Type.Static<(typeof LAYERS)[keyof typeof LAYERS]>;
export type RecipeOptimizer = Type.Static<(typeof OPTIMIZERS)[keyof typeof OPTIMIZERS]>;

export const Layer = Type.Unsafe<RecipeLayer>(Type.Union(Object.values(LAYERS)));
export const Optimizer = Type.Unsafe<RecipeOptimizer>(Type.Union(Object.values(OPTIMIZERS)));

export const Recipe = Type.Object(
  {
    data: Data,
    seed: Type.Optional(
      Type.Integer({ minimum: 0, default: 1, description: "Same seed, same run." }),
    ),
    layers: Type.Array(Layer, { minItems: 1, description: "From the input to the output." }),
    loss: Type.Enum([...LOSSES], { description: "What the training makes small." }),
    optimizer: Optimizer,
    batchSize: Type.Integer({ minimum: 1, description: "Examples a step. Usually 32 to 256." }),
    epochs: Type.Integer({ minimum: 1, description: "Passes over the training rows." }),
    earlyStopping: Type.Optional(EarlyStopping),
  },
  { additionalProperties: false, title: "Training Vitals recipe" },
);

export type Recipe = Type.Static<typeof Recipe>;

/**
 * For the editor's completion and hover. It accepts anything: what is wrong is said by `readRecipe`, in better
 * words, and would stand twice among the Problems.
 */
export function editorSchema(): Record<string, unknown> {
  const schema = opened(JSON.parse(JSON.stringify(Recipe))) as {
    properties: Record<string, unknown>;
  };
  schema.properties["$schema"] = {};
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
  };
}

/** Drops what forbids, keeps what suggests. The constant `type` of an alternative stays: it tells them apart. */
function opened(schema: Record<string, unknown>): Record<string, unknown> {
  const { properties, items, anyOf, description, title, default: usual, ...rest } = schema;
  const about = {
    ...(description !== undefined && { description }),
    ...(title !== undefined && { title }),
    ...(usual !== undefined && { default: usual }),
  };
  if (properties) {
    const entries = Object.entries(properties as Record<string, Record<string, unknown>>);
    const open = entries.map(([key, value]) => [key, "const" in value ? value : opened(value)]);
    return { ...about, properties: Object.fromEntries(open) };
  }
  if (items) return { ...about, items: opened(items as Record<string, unknown>) };
  const options = anyOf ? (anyOf as Record<string, unknown>[]).map(opened) : [rest];
  return { ...about, anyOf: [...options, {}] };
}
