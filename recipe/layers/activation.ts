import Type from "typebox";
import { Activation } from "../names.ts";
import { named } from "./common.ts";

export const activation = Type.Object(
  { type: Type.Literal("activation"), activation: Activation, ...named },
  { additionalProperties: false, description: "An activation as a layer of its own." },
);
