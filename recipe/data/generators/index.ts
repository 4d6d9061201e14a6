/** Every set that can be generated, by its `type`. A new one: one file and one line here. */
import Type from "typebox";
import { blobs } from "./blobs.ts";
import { circles } from "./circles.ts";
import { moons } from "./moons.ts";
import { ravine } from "./ravine.ts";
import { sine } from "./sine.ts";
import { spirals } from "./spirals.ts";
import { xor } from "./xor.ts";

export const GENERATORS = { xor, spirals, circles, blobs, moons, ravine, sine } as const;

export type Generator = Type.Static<(typeof GENERATORS)[keyof typeof GENERATORS]>;

export const Generator = Type.Unsafe<Generator>(Type.Union(Object.values(GENERATORS)));
