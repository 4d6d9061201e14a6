/** What a `*.train.json` recipe may say. The editor's JSON Schema is generated from this. */
import Type from "typebox";
import { Data } from "./data/index.ts";
import { LAYERS } from "./layers/index.ts";
import type { ResidualLayer } from "./layers/residual.ts";
import { LOSSES } from "./names.ts";
import { OPTIMIZERS } from "./optimizers/index.ts";

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

type Flat = Exclude<keyof typeof LAYERS, "residual">;
export type RecipeLayer =
  | { [T in Flat]: Type.Static<(typeof LAYERS)[T]> }[Flat]
  | ResidualLayer<RecipeLayer>;
export type RecipeOptimizer = Type.Static<(typeof OPTIMIZERS)[keyof typeof OPTIMIZERS]>;

export const Layer = Type.Unsafe<RecipeLayer>(Type.Union(Object.values(LAYERS)));
export const Optimizer = Type.Unsafe<RecipeOptimizer>(Type.Union(Object.values(OPTIMIZERS)));

export const Checkpoints = Type.Object(
  { every: Type.Integer({ minimum: 1, description: "Epochs from one checkpoint to the next." }) },
  {
    additionalProperties: false,
    description:
      "Keeps all that a run needs to be resumed. One is written at the end and on stop in any case.",
  },
);

export const Emphasis = Type.Object(
  {
    power: Type.Optional(
      Type.Number({
        minimum: 0,
        default: 1,
        description: "Examples are drawn in proportion to their loss to this power; 0: all alike.",
      }),
    ),
    cap: Type.Optional(
      Type.Number({
        minimum: 1,
        default: 10,
        description:
          "A loss counts as at most this many times the mean, so that outliers do not take over.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Shows examples with a high loss more often (LeCun et al. 1998).",
  },
);

export const Recipe = Type.Object(
  {
    data: Data,
    seed: Type.Optional(
      Type.Integer({ minimum: 0, default: 1, description: "Same seed, same run." }),
    ),
    layers: Type.Array(Layer, { minItems: 1, description: "From the input to the output." }),
    loss: Type.Enum([...LOSSES], { description: "What the training makes small." }),
    optimizer: Optimizer,
    batchSize: Type.Union([Type.Integer({ minimum: 1 }), Type.Enum(["full"])], {
      description: "Examples a step: usually 32 to 256, 1 for single ones, full for all at once.",
    }),
    shuffle: Type.Optional(
      Type.Boolean({ default: true, description: "A new random order in every epoch." }),
    ),
    dropRemainder: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Leaves out the last batch of an epoch where it is smaller than the others.",
      }),
    ),
    emphasis: Type.Optional(Emphasis),
    epochs: Type.Integer({ minimum: 1, description: "Passes over the training rows." }),
    earlyStopping: Type.Optional(EarlyStopping),
    checkpoints: Type.Optional(Checkpoints),
  },
  { additionalProperties: false, title: "Training Vitals recipe" },
);

export type Recipe = Type.Static<typeof Recipe>;

/** What a schema means by a name in `$ref`. */
export const DEFINITIONS = { Layer } as const;

/**
 * For the editor's completion and hover. It accepts anything: what is wrong is said by `readRecipe`, in better
 * words, and would stand twice among the Problems.
 */
export function editorSchema(): Record<string, unknown> {
  const plain = (schema: unknown) => opened(JSON.parse(JSON.stringify(schema)));
  const schema = plain(Recipe) as { properties: Record<string, unknown> };
  schema.properties["$schema"] = {};
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
    definitions: Object.fromEntries(
      Object.entries(DEFINITIONS).map(([name, definition]) => [name, plain(definition)]),
    ),
  };
}

/** Drops what forbids, keeps what suggests. The constant `type` of an alternative stays: it tells them apart. */
function opened(schema: Record<string, unknown>): Record<string, unknown> {
  const { properties, items, anyOf, $ref, description, title, default: usual, ...rest } = schema;
  const about = {
    ...(description !== undefined && { description }),
    ...(title !== undefined && { title }),
    ...(usual !== undefined && { default: usual }),
  };
  if (typeof $ref === "string") return { $ref: `#/definitions/${$ref}` };
  if (properties) {
    const entries = Object.entries(properties as Record<string, Record<string, unknown>>);
    const open = entries.map(([key, value]) => [key, "const" in value ? value : opened(value)]);
    return { ...about, properties: Object.fromEntries(open) };
  }
  if (items) return { ...about, items: opened(items as Record<string, unknown>) };
  const options = anyOf ? (anyOf as Record<string, unknown>[]).map(opened) : [rest];
  return { ...about, anyOf: [...options, {}] };
}
