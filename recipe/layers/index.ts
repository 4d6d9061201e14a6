/** Every layer a recipe can hold, by its `type`. A new layer: one file and one line here. */
import { activation } from "./activation.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";

export const LAYERS = { dense, batchNormalization, dropout, activation } as const;
