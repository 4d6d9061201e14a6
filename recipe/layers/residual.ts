import Type from "typebox";
import { Activation } from "../names.ts";
import { named } from "./common.ts";

/** By name, for a block may hold blocks; their type is below, for TypeScript infers none that holds itself. */
const layers = Type.Array(Type.Unsafe<unknown>(Type.Ref("Layer")), {
  minItems: 1,
  description: "F in F(x) + x, from its input to its output.",
});

export const residual = Type.Object(
  {
    type: Type.Literal("residual"),
    layers,
    activation: Type.Optional(Activation),
    ...named,
  },
  {
    additionalProperties: false,
    description:
      "Residual block: activation(F(x) + x) (He et al. 2016). Where F changes the shape, x is projected to it.",
  },
);

export interface ResidualLayer<Layer> {
  type: "residual";
  name?: string;
  layers: Layer[];
  activation?: Type.Static<typeof Activation>;
}
