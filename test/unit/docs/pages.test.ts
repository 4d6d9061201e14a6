/** The documentation says what the code does, and its links lead somewhere, offline. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Detector } from "../../../diagnosis/detector.ts";
import { DETECTORS } from "../../../diagnosis/detectors/index.ts";
import { SYMPTOMS } from "../../../diagnosis/finding.ts";
import { REMEDIES } from "../../../diagnosis/remedies/index.ts";

const named = (folder: string) =>
  readdirSync(join("docs", folder)).map((file) => file.replace(/\.md$/, ""));

test("there is a page for every symptom and for every remedy, and none for anything else", () => {
  expect(named("symptoms").sort()).toEqual([...SYMPTOMS].sort());
  expect(named("remedies").sort()).toEqual(REMEDIES.map(({ id }) => id).sort());
});

describe.each(DETECTORS.map((detector) => [detector.symptom, detector] as const))(
  "%s",
  (id, detector) => {
    const page = readFileSync(join("docs", "symptoms", `${id}.md`), "utf8");

    test("says its thresholds, with their values and sources", () => {
      expect(thresholdRows(page)).toEqual(
        Object.entries(detector.thresholds).map(([name, { value, what, source }]) => [
          `\`${name}\``,
          String(value),
          what,
          source,
        ]),
      );
    });

    test("lists its remedies in order, each with when it helps", () => {
      const rows = section(page, "What to do").matchAll(
        /^\| \[.+?\]\(\.\.\/remedies\/([\w-]+)\.md\) \| \S.+ \|$/gm,
      );
      expect([...rows].map(([, remedy]) => remedy)).toEqual(detector.remedies.map((r) => r.id));
    });

    test("names its lesson, what it needs, and when it speaks", () => {
      expect(section(page, "The rule behind it")).toContain(`\n${detector.lesson}.\n`);
      const measured = section(page, "How it is measured");
      expect(measured).toContain(`It can speak ${detector.starts}.`);
      for (const figure of figuresOf(detector)) expect(measured).toContain(`\`${figure}\``);
    });
  },
);

const pages = ["symptoms", "remedies"].flatMap((folder) =>
  named(folder).map((name) => join("docs", folder, `${name}.md`)),
);

test.each(pages)(
  "%s begins with its id, has its sections, and leads only to what is there",
  (file) => {
    const page = readFileSync(file, "utf8");
    const id = /([\w-]+)\.md$/.exec(file)?.[1];
    expect(page.split("\n")[0]).toMatch(new RegExp(`^# \`${id}\`: \\S`));
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    if (file.includes("symptoms")) {
      expect(headings).toEqual([
        "How it shows",
        "How it is measured",
        "Where it comes from",
        "What to do",
        "The rule behind it",
      ]);
    } else expect(page).toMatch(/\*\*Helps when\*\* [\s\S]+\*\*Costs\*\* [\s\S]+\| a recipe \| \S/);
    for (const [, target = ""] of page.matchAll(/\]\(([^)]+)\)/g)) {
      expect(existsSync(join(dirname(file), target)), `${file}: ${target}`).toBe(true);
    }
    expect(page).not.toMatch(/https?:|<img/);
  },
);

function section(page: string, heading: string): string {
  return `\n${page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? ""}`;
}

function thresholdRows(page: string): string[][] {
  const table = section(page, "How it is measured").split("| threshold |")[1] ?? "";
  return table
    .split("\n")
    .slice(2)
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .slice(2, -2)
        .split(/ (?<!\\)\| /)
        .map((cell) => cell.replaceAll("\\|", "|")),
    );
}

function figuresOf({ needs, wants = [] }: Detector): string[] {
  return [...needs, ...wants].flatMap((need) => need.split(" | "));
}
