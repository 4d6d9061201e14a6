import Type from "typebox";
import { Generator } from "./generators/index.ts";

/** The key of the source `generate`: rows that are made up, by the seed. */
export const generate = { generate: Type.Optional(Generator) };
