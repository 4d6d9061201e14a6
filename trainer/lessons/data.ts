/** What the lessons say of data: split, folds, more pictures from one. */
import { foldScore } from "../../recipe/data/folds.ts";
import { variants } from "../data/augment/variants.ts";
import { drawRows, splitRows } from "../data/split.ts";
import { stream } from "../random.ts";
import type { Figure } from "./figure.ts";

const ROWS = 1000;
const SHARES = { train: 0.7, validation: 0.15, test: 0.15 };

export function dataFigures(): Figure[] {
  return [...augmentation(), ...split(), ...folds()];
}

function augmentation(): Figure[] {
  const shape = [8, 8, 1] as const;
  const image = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
  const made = variants(image, shape, stream(42, "augment"));
  const distinct = new Set(made.map((each) => each.join()));
  return [
    {
      at: "000:273",
      what: "pictures made of one, the first of them itself",
      lesson: "5",
      ours: [made[0]!.every((value, i) => value === image[i]) ? distinct.size : Number.NaN],
    },
  ];
}

function split(): Figure[] {
  const { train, validation, test } = splitRows(drawRows(ROWS, undefined, 42), SHARES);
  return [
    {
      at: "000:288",
      what: "shares of 1000 rows: training, validation, test",
      lesson: "[0.7, 0.15, 0.15]",
      ours: [train, validation, test].map((rows) => rows.length / ROWS),
    },
  ];
}

function folds(): Figure[] {
  const drawn = drawRows(ROWS, undefined, 42);
  const all = { train: 0.8, validation: 0.2, test: 0 };
  const validated = [1, 2, 3, 4, 5].map(
    (index) => splitRows(drawn, all, { index, of: 5 }).validation,
  );
  const each = new Set(validated.flatMap((rows) => [...rows]));
  const score = foldScore([0.9, 0.8, 0.85, 0.95, 0.9]);
  return [
    {
      at: "000:306",
      what: "cv=5: rows that are validated on, each once, of 1000",
      run: true,
      lesson: "1000 in 5 parts of 200",
      ours: [each.size, validated.length, ...new Set(validated.map((rows) => rows.length))],
    },
    {
      at: "000:307",
      what: "scores .90 .80 .85 .95 .90: mean ± deviation (numpy's: of the population)",
      run: true,
      lesson: "0.880 ± 0.051",
      ours: score.split(" ± ").map(Number),
    },
  ];
}
