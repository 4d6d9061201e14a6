import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const rows = [
  ...readFileSync("trainer/README.md", "utf8").matchAll(/^\| (S\d-\d\d) \|[^|]*\| (.*) \|$/gm),
];

it("lists every point of the lessons that asks something of the trainer, once", () => {
  expect(rows).toHaveLength(122);
  expect(new Set(rows.map(([, id]) => id)).size).toBe(122);
});

it.each(rows.map(([, id, answer]) => [id!, answer!]))(
  "%s: the tests named there exist",
  (id, answer) => {
    const files = [...answer.matchAll(/`((?:test|trainer|unit|page)\/[^`]*\.test\.ts)`/g)];
    for (const [, name] of files) {
      const file = name!.startsWith("test/") ? name! : `test/${name}`;
      expect(existsSync(file), file).toBe(true);
      // A row that is nothing but file names claims that they carry the point's id.
      if (/^(`[^`]*`(, )?)+$/.test(answer)) expect(readFileSync(file, "utf8")).toContain(id);
    }
    expect(answer).not.toBe("");
  },
);
