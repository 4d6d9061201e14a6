/** Every scaling a recipe can name. A new one: one file and one line here. */
import type { Scaling } from "../../../recipe/data/index.ts";
import { minMax } from "./minMax.ts";
import type { Fit } from "./scaling.ts";
import { standardize } from "./standardize.ts";
import { whiten } from "./whiten.ts";

export const SCALING: Record<Scaling, Fit> = { standardize, minMax, whiten, none: () => () => {} };
