import Type from "typebox";
import type { Rate } from "./schedule.ts";

export const schema = Type.Object(
  { type: Type.Literal("constant") },
  { additionalProperties: false, description: "The same learning rate throughout." },
);

export const rate: Rate<Type.Static<typeof schema>> = (_, base) => base;
