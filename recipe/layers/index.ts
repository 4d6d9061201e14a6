/** Every layer a recipe can hold, by its `type`. A new layer: one file and one line here. */
import { activation } from "./activation.ts";
import { averagePooling2d } from "./averagePooling2d.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { globalAveragePooling2d } from "./globalAveragePooling2d.ts";
import { layerNormalization } from "./layerNormalization.ts";
import { maxPooling2d } from "./maxPooling2d.ts";
import { prelu } from "./prelu.ts";
import { rbf } from "./rbf.ts";
import { residual } from "./residual.ts";

export const LAYERS = {
  dense,
  conv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  flatten,
  batchNormalization,
  layerNormalization,
  dropout,
  activation,
  prelu,
  rbf,
  residual,
} as const;
