import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

/** The command in a folder of its own, with any examples beside it. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vitals-lessons-"));
  buildSync({
    stdin: {
      contents: 'import { lessonsCommand } from "./cli/lessons.ts"; lessonsCommand().parseAsync();',
      resolveDir: process.cwd(),
    },
    outfile: join(folder, "command.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const agree = {
  lesson: "001",
  line: 133,
  what: "after: mean and deviation, over a batch of thirty-two examples of sixty-four units each",
  figure: "mean=0.00000, std=1.00000",
  source: "code",
  ours: "mean=0.00000, std=1.00000",
  verdict: "agree",
  reason: null,
};
const wrong = {
  ...agree,
  lesson: "003",
  line: 272,
  what: "bound",
  figure: "0.1082",
  source: "text",
  ours: "0.1083",
  verdict: "lesson wrong",
  reason: "√(6/512) is 0.108253, which rounds to 0.1083.",
};
const disagree = { ...wrong, ours: "0.2000", verdict: "disagree", reason: null };

function examples(...rows: object[]): void {
  const print = rows.map(
    (row) => `process.stdout.write(${JSON.stringify(`${JSON.stringify(row)}\n`)});`,
  );
  writeFileSync(join(folder, "lessons.cjs"), print.join("\n"));
}

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(folder, "command.mjs"), ...args], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

describe("figures that agree, or where the lesson is wrong", () => {
  beforeEach(() => examples(agree, wrong));

  it("stand in columns by lesson, with the reason, within 100 columns: status 0", async () => {
    const { code, stdout } = await run();
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^ {5}Lesson 001 +lesson +ours$/);
    const cells = (line: string | undefined) => line?.split(/ {2,}/);
    expect(cells(lines[1])).toEqual([
      "133",
      "after: mean and deviation, over",
      "mean=0.00000,",
      "mean=0.00000,",
      "agree",
    ]);
    expect(cells(lines[2])).toEqual([
      "",
      "a batch of thirty-two examples",
      "std=1.00000*",
      "std=1.00000",
    ]);
    expect(stdout).toContain("\n     √(6/512) is 0.108253, which rounds to 0.1083.\n");
    expect(Math.max(...lines.slice(0, -4).map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.at(-2)).toBe("2 figures: 1 agree, 1 where the lesson is wrong, 0 disagree.");
    expect(code).toBe(0);
  });

  it("are one JSON object a line with --json", async () => {
    const { code, stdout } = await run("--json");
    const rows = stdout.trimEnd().split("\n");
    expect(rows.map((row) => JSON.parse(row))).toEqual([agree, wrong]);
    expect(code).toBe(0);
  });
});

it("ends with status 1 where a figure disagrees", async () => {
  examples(agree, disagree);
  const { code, stdout } = await run();
  expect(stdout).toContain("1 agree, 0 where the lesson is wrong, 1 disagree.");
  expect(code).toBe(1);
  expect((await run("--json")).code).toBe(1);
});

it("says why the examples could not be run", async () => {
  writeFileSync(join(folder, "lessons.cjs"), 'Promise.reject(new Error("no WebAssembly"));');
  const { code, stderr } = await run();
  expect(code).not.toBe(0);
  expect(stderr).toContain("no WebAssembly");
});
