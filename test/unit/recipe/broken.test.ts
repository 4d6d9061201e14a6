/** `broken.txt` has the cases, and says how they are written. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRecipe } from "../../../recipe/read.ts";

interface Case {
  name: string;
  text: string;
  said: string[];
}

const [, ...sections] = readFileSync("test/unit/recipe/broken.txt", "utf8").split(/^=== /m);
const [[, GOOD], ...groups] = sections.map((section) => {
  const end = section.indexOf("\n");
  return [section.slice(0, end), section.slice(end + 1).trimEnd()];
}) as [[string, string], ...[string, string][]];

function casesOf(group: string): Case[] {
  const [, ...texts] = group.split(/^--- /m);
  return texts.map((text) => {
    const [name, ...lines] = text.trimEnd().split("\n") as [string, ...string[]];
    const part = (mark: string) =>
      lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
    return {
      name,
      text: changed(part("- ").join("\n"), part("+ ").join("\n")),
      said: lines.filter((line) => !/^[-+] /.test(line)),
    };
  });
}

function changed(from: string, to: string): string {
  const literal = from.split("…").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(literal.join("[^]*?"));
  if (!pattern.test(GOOD)) throw new Error(`not in the recipe: ${from}`);
  return GOOD.replace(pattern, () => to);
}

it("finds nothing wrong with the recipe that the others are made of", () => {
  expect(readRecipe(GOOD).problems).toEqual([]);
  expect(readRecipe(GOOD).recipe?.layers).toHaveLength(12);
});

it("breaks recipes in more than 60 ways, each of them once", () => {
  const cases = groups.flatMap(([, group]) => casesOf(group));
  expect(new Set(cases.map(({ text }) => text)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThan(60);
  for (const { said } of cases) expect(said).toHaveLength(1);
});

describe.each(groups)("%s", (_name, group) => {
  it.each(casesOf(group))("$name", ({ text, said }) => {
    const { recipe, problems } = readRecipe(text);
    const all = problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(all).toEqual(said);
    expect(recipe).toBeUndefined();
  });
});
