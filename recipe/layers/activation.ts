import Type from "typebox";
import { Activation } from "../names.ts";

export const activation = Type.Object(
  {
    type: Type.Literal("activation"),
    name: Type.Optional(Type.String({ minLength: 1 })),
    activation: Activation,
  },
  { additionalProperties: false, description: "An activation as a layer of its own." },
);
