/** What `data` may say. A new source: one file with its keys and one line here. */
import Type from "typebox";
import { Augment } from "./augment.ts";
import { csv } from "./csv.ts";
import { generate } from "./generate.ts";
import { idx } from "./idx.ts";
import { images } from "./images.ts";
import { Split } from "./split.ts";

/** The keys that go with each source; the first of them, named like the source, chooses it. */
export const SOURCES = { csv, idx, images, generate };
export type SourceName = keyof typeof SOURCES;

export const SCALINGS = ["standardize", "minMax", "whiten", "none"] as const;
export type Scaling = (typeof SCALINGS)[number];

export const TARGETS = ["values", "zeroOne", "plusMinusOne", "oneHot"] as const;
export type TargetsName = (typeof TARGETS)[number];

export const Data = Type.Object(
  {
    ...csv,
    ...idx,
    ...images,
    ...generate,
    rows: Type.Optional(
      Type.Integer({ minimum: 1, description: "Use only this many rows, drawn at random." }),
    ),
    split: Type.Optional(Split),
    scaling: Type.Optional(
      Type.Enum([...SCALINGS], {
        default: "standardize",
        description:
          "By the training rows' figures. standardize: zero mean, unit variance; minMax: from 0 to 1; whiten: unit variance and uncorrelated (PCA). Pictures are standardized by channel.",
      }),
    ),
    targets: Type.Optional(
      Type.Enum([...TARGETS], {
        default: "values",
        description:
          "What meanSquaredError compares with. values: the label is a number to predict; zeroOne: two classes as 0 and 1; plusMinusOne: as −1 and 1; oneHot: a unit a class, 1 for its own and 0 for the others.",
      }),
    ),
    augment: Type.Optional(Augment),
  },
  { additionalProperties: false },
);
export type Data = Type.Static<typeof Data>;

/** The source that the recipe names first. */
export function sourceOf(data: Data): SourceName | undefined {
  return sourcesOf(data)[0];
}

/** Every source that the recipe names; one that makes sense has exactly one. */
export function sourcesOf(data: Data): SourceName[] {
  return (Object.keys(SOURCES) as SourceName[]).filter((name) => data[name] !== undefined);
}
