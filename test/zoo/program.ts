/** A case and a seed as the file that is trained. */
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ZOO, type ZooCase } from "./cases.ts";

type ToScript = (zooCase: object, options: { seed: number; data: string }) => string;
type MakeData = (
  dataset: object,
  seed: number,
) => { train: { targets: Float32Array; outputs: number } };

export interface Program {
  /** Of the file that is trained, from the folder of the recording; a recipe stays where it is. */
  file: string;
  /** What the file holds, to be written; a recipe's text is only compared. */
  text: string;
  /** More arguments of `vitals train`. */
  options: string[];
}

const load = (file: string) => import(pathToFileURL(resolve(ZOO, file)).href);

/** @param folder of the recording: the script finds its data module from there */
export async function programOf(zooCase: ZooCase, seed: number, folder: string): Promise<Program> {
  const { recipe, script } = zooCase;
  if (recipe) {
    const options = ["--seed", String(seed)];
    return { file: resolve(recipe), text: readFileSync(recipe, "utf8"), options };
  }
  const data = relative(folder, join(ZOO, "cases", "data.mjs")).replaceAll("\\", "/");
  if (script) {
    const text = readFileSync(join(ZOO, "hard", "scripts", script), "utf8")
      .replace("const seed = 1;", `const seed = ${seed};`)
      .replace("../../cases/data.mjs", data);
    return { file: "train.mjs", text, options: [] };
  }
  const { toScript } = (await load("cases/to-script.mjs")) as { toScript: ToScript };
  return { file: "train.mjs", text: toScript(zooCase, { seed, data }), options: [] };
}

/** Variance of the training targets, the mean over the outputs; 1 where the case's own script standardises them. */
export async function targetVariance(zooCase: ZooCase, seed: number): Promise<number> {
  if (!zooCase.dataset) return 1;
  const { makeData } = (await load("cases/data.mjs")) as { makeData: MakeData };
  const { targets, outputs } = makeData(zooCase.dataset, seed).train;
  let sum = 0;
  for (let column = 0; column < outputs; column++) {
    const own = targets.filter((_, i) => i % outputs === column);
    const mean = own.reduce((total, value) => total + value, 0) / own.length;
    sum += own.reduce((total, value) => total + (value - mean) ** 2, 0) / own.length;
  }
  return sum / outputs;
}
