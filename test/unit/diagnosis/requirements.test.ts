import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SYMPTOMS } from "../../../diagnosis/finding.ts";
import { REMEDIES } from "../../../diagnosis/remedies/index.ts";

const rows = [
  ...readFileSync("diagnosis/README.md", "utf8").matchAll(
    /^\| (S\d-\d\d) \| (.+) \| .+ \| `(.+\.test\.ts)` \|$/gm,
  ),
].map(([, id, answer, file]) => [id!, answer!, file!] as const);

/** Systems and fault studies ask for these, and no row of the lessons'. */
const OTHERS = [
  "frozen-layer",
  "class-imbalance",
  "parameters-not-optimized",
  "input-bound",
  "straggler-rank",
];

/** The texts in quotes of a test file, without its comments: names of tests and of their cases. */
function namesIn(file: string): string[] {
  const code = readFileSync(`test/${file}`, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*/g, "");
  return [...code.matchAll(/["`][^"`\n]*["`]/g)].map(([text]) => text);
}

describe("the lessons' points on diagnosis and code actions", () => {
  it("are all listed, once", () => {
    expect(rows).toHaveLength(121);
    expect(new Set(rows.map(([id]) => id)).size).toBe(121);
  });

  it.each(rows)("%s: a test of that name exists", (id, _answer, file) => {
    expect(namesIn(file).some((name) => name.includes(id))).toBe(true);
  });

  it("are answered by symptoms and remedies that exist", () => {
    const known: string[] = [...SYMPTOMS, ...REMEDIES.map((remedy) => remedy.id)];
    const named = rows.flatMap(([, answer]) => [...answer.matchAll(/`([a-z-]+)`/g)]);
    expect(named.map(([, id]) => id).filter((id) => !known.includes(id!))).toEqual([]);
  });

  it("name every symptom but those that no lesson asks for", () => {
    const answers = rows.map(([, answer]) => answer).join(" ");
    expect(SYMPTOMS.filter((symptom) => !answers.includes(`\`${symptom}\``))).toEqual(OTHERS);
  });
});
