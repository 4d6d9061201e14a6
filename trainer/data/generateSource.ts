/** The data source `generate`: rows that are made up, by the seed. */
import type { Data } from "../../recipe/data/index.ts";
import { stream } from "../random.ts";
import type { Examples } from "./examples.ts";
import { generate } from "./generators/index.ts";

export function readGenerateSource(data: Data, _folder: string, seed: number): Examples {
  const settings = data.generate!;
  const { inputs, targets } = generate(settings, stream(seed, "generate"));
  const where = { recipe: ["data", "generate"] };
  return {
    shape: [inputs.length / targets.length],
    inputs,
    label: "y",
    labels: targets.map(String),
    origin: { text: `The set "${settings.type}"`, where },
    place: (row) => ({ text: `Row ${row + 1} of the set "${settings.type}"`, where }),
    testRows: 0,
    drawn: true,
  };
}
