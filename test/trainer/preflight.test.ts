import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyOfExamples, startVitals, vitals } from "../helpers/vitals.ts";

const examples = copyOfExamples();
const ON = ["--backend", "wasm"];
let before: string[] = [];

const scratch = () => readdirSync(tmpdir()).filter((name) => name.startsWith("vitals-scratch-"));
const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

function changed(name: string, change: (recipe: string) => string): string {
  const text = change(readFileSync(join(examples.folder, "healthy.train.json"), "utf8"));
  writeFileSync(join(examples.folder, `${name}.train.json`), text);
  return `${name}.train.json`;
}

beforeAll(() => {
  before = readdirSync(examples.folder);
});
afterAll(() => examples.remove());

test("a healthy recipe passes, and nothing is left behind", async () => {
  const found = scratch();
  const args = ["preflight", "healthy.train.json", "--json", ...ON];
  const { code, stdout, stderr } = await vitals(args, examples.folder);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const all = lines(stdout);
  expect(all.at(-1)).toMatchObject({ kind: "summary", steps: 0, counts: { error: 0, warning: 0 } });
  const checks = all.filter(({ kind }) => kind === "check");
  expect(checks.filter(({ verdict }) => verdict === "wrong")).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["labels", "initial loss", "activations", "learning rate"]),
  );
  expect(readdirSync(examples.folder)).toEqual(before);
  expect(scratch().filter((name) => !found.includes(name))).toEqual([]);
});

test("weights that start too large are found before the first step", async () => {
  const args = ["preflight", "exploding-gradients.train.json", ...ON];
  const { code, stdout } = await vitals(args, examples.folder);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^! initial loss +\d+, \d+ times/m);
  expect(stdout).toContain("signal-explosion exploding-gradients.train.json:");
});

test("S3-22: a learning rate of almost 0 does not learn one batch by heart", async () => {
  const file = changed("still", (text) =>
    text.replace(/"learningRate": [\d.e-]+/, '"learningRate": 1e-9'),
  );
  const { code, stdout } = await vitals(["preflight", file, "--json", ...ON], examples.folder);
  expect(code).toBe(1);
  const byName = (name: string) => lines(stdout).find((line) => line.name === name);
  expect(byName("one batch by heart").verdict).toBe("wrong");
  expect(byName("learning rate").verdict).toBe("look");
});

test("find-lr suggests a rate that learns and does not diverge, the same each time", async () => {
  const args = ["find-lr", "healthy.train.json", "--json", "--seed", "3", ...ON];
  const { code, stdout } = await vitals(args, examples.folder);
  expect(code).toBe(0);
  const [{ suggestion, lowest, points }] = lines(stdout);
  expect(points[0].learningRate).toBeCloseTo(1e-8, 12);
  expect(suggestion).toBeGreaterThan(1e-4);
  expect(suggestion).toBeLessThan(lowest);
  const again = await vitals(args, examples.folder);
  expect(again.stdout).toBe(stdout);
});

test("find-lr marks the suggestion in its chart", async () => {
  const { stdout } = await vitals(["find-lr", "healthy.train.json", ...ON], examples.folder);
  expect(stdout.match(/█ ← 0\.\d+$/gm)).toHaveLength(1);
  expect(stdout).toContain("The loss falls fastest at");
});

test.each([
  ["preflight", "script.mjs", "is for recipes"],
  ["find-lr", "script.mjs", "is for recipes"],
  ["preflight", "missing.train.json", "cannot be read"],
  ["find-lr", "broken.train.json", "broken.train.json:"],
])("vitals %s %s is refused in one line", async (command, file, why) => {
  writeFileSync(join(examples.folder, "script.mjs"), "");
  changed("broken", (text) => text.replace('"adam"', '"adan"'));
  const { code, stdout, stderr } = await vitals([command, file], examples.folder);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(why);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("data that cannot be used are told with their place", async () => {
  const file = changed("elsewhere", (text) => text.replace("digits.csv", "no.csv"));
  const { code, stderr } = await vitals(["preflight", file, ...ON], examples.folder);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^elsewhere\.train\.json:\d+:\d+: .*no\.csv/);
});

test("a signal stops it, and nothing is left behind", async () => {
  const found = scratch();
  const { child, done } = startVitals(["preflight", "healthy.train.json", ...ON], examples.folder);
  const began = () => scratch().some((name) => !found.includes(name));
  while (!began()) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGTERM");
  const { code, stderr } = await done;
  expect(code).toBe(3);
  expect(stderr).toContain("Stopped");
  expect(began()).toBe(false);
});
