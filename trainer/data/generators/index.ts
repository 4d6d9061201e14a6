/** Every set that can be generated, by its `type`. A new one: one file and one line here. */
import type { Generator } from "../../../recipe/data/generators/index.ts";
import type { Stream } from "../../random.ts";
import { blobs } from "./blobs.ts";
import { circles } from "./circles.ts";
import type { Generate, Generated } from "./generator.ts";
import { moons } from "./moons.ts";
import { ravine } from "./ravine.ts";
import { sine } from "./sine.ts";
import { spirals } from "./spirals.ts";
import { xor } from "./xor.ts";

type Generates = { [T in Generator["type"]]: Generate<Extract<Generator, { type: T }>> };

const GENERATES: Generates = { xor, spirals, circles, blobs, moons, ravine, sine };

export function generate(settings: Generator, draw: Stream): Generated {
  return (GENERATES[settings.type] as Generate<Generator>)(settings, draw);
}
