import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readRecipe } from "../../recipe/read.ts";
import { TrainerBench } from "../helpers/trainer.ts";

const bench = new TrainerBench();
afterAll(() => bench.remove());
cpSync("examples", bench.folder, { recursive: true, filter: (path) => !path.includes(".vitals") });

const recipes = readdirSync("examples", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".train.json") && !name.includes(".vitals"))
  .sort();

/** What an example reads beside the repository's own files. */
function missing(name: string): string | undefined {
  const { data } = readRecipe(readFileSync(join("examples", name), "utf8")).recipe ?? {};
  const file = data?.idx?.images;
  return file !== undefined && !existsSync(file) ? file : undefined;
}

describe("every example trains", () => {
  for (const name of recipes) {
    const file = missing(name);
    it.skipIf(file)(`${name}${file ? ` (skipped: there is no ${file})` : ""}`, async () => {
      const { code, stderr, end } = await bench.train(join(bench.folder, name), [
        "--max-steps",
        "3",
      ]);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(end?.step).toBe(3);
    });
  }
});

describe("every recipe in the README trains as printed", () => {
  const blocks = [...readFileSync("README.md", "utf8").matchAll(/```jsonc\n([\s\S]*?)```/g)];
  it.each(blocks.map(([, text], i) => ({ number: i + 1, text: text! })))(
    "recipe $number",
    async ({ number, text }) => {
      const { code, stderr, end } = await bench.train(
        bench.write(`readme-${number}.train.json`, text),
      );
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(end?.status).toBe("completed");
    },
  );
});

const FASHION = "fashion-mnist.train.json";
const noFashion = missing(FASHION);
const skipped = noFashion ? ` (skipped: there is no ${noFashion})` : "";
it.skipIf(noFashion)(
  `Fashion-MNIST trains to 0.88 on its test set${skipped}`,
  async () => {
    const { end } = await bench.train(join(bench.folder, FASHION), ["--test"]);
    expect(end!.test!["accuracy"]).toBeGreaterThanOrEqual(0.88);
    expect(end!.testUses).toBe(1);
  },
  15 * 60_000,
);

/** Figures of the kept weights. */
async function outcome(experiment: string) {
  const { end } = await bench.train(join(bench.folder, "experiments", `${experiment}.train.json`));
  return { train: end!.train!, validation: end!.validation! };
}

it("one class after the other learns far worse than a new random order (S4-06, S4-07)", async () => {
  const unshuffled = await outcome("4a-unshuffled");
  const shuffled = await outcome("4b-shuffled");
  expect(shuffled.validation["accuracy"]).toBeGreaterThan(0.94);
  expect(unshuffled.validation["accuracy"]).toBeLessThan(0.85);
});

it("batch normalisation makes up for raw inputs (S4-06)", async () => {
  const scaled = await outcome("2a-scaled-inputs");
  const normalized = await outcome("2b-batch-normalization");
  expect(scaled.validation["accuracy"]).toBeGreaterThan(0.94);
  expect(normalized.validation["accuracy"]).toBeGreaterThan(0.94);
});

it("Adam is further after as many epochs than one rate for every weight (S4-06, S4-19)", async () => {
  const fixed = await outcome("3a-fixed-rate");
  const adam = await outcome("3b-adam");
  expect(adam.train["loss"]!).toBeLessThan(0.5 * fixed.train["loss"]!);
});
