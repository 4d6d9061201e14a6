import { expect, test } from "vitest";
import { Engine } from "../../../diagnosis/engine.ts";
import { type Check, checksOf, type Preflight } from "../../../diagnosis/preflight.ts";
import { judgeRangeTest } from "../../../diagnosis/rangeTest.ts";
import { runEvent } from "../../helpers/events.ts";
import { dataEvent, initialEvent } from "../../helpers/initial.ts";

/** Falls fastest at 0.003, diverges from 1 on. */
const RANGE = judgeRangeTest(
  Array.from({ length: 100 }, (_, i) => {
    const learningRate = 1e-8 * 1e9 ** (i / 99);
    const loss = learningRate < 1 ? 0.3 + 2 / (1 + (learningRate / 3e-3) ** 2) : 50;
    return { learningRate, loss };
  }),
);
const LEARNT = { rows: 32, steps: 40, first: 2.4, last: 0.1 };

function checks(overrides: Partial<Preflight> = {}): Record<string, Check> {
  const parts = {
    run: runEvent(),
    data: dataEvent(),
    initial: initialEvent(),
    batch: LEARNT,
    range: RANGE,
    ...overrides,
  };
  const engine = new Engine();
  for (const event of [parts.run, parts.data, parts.initial]) engine.push(event);
  const found = checksOf({ findings: engine.findings, ...parts });
  return Object.fromEntries(found.map((check) => [check.name, check]));
}

function rateOf(learningRate: number): Check {
  const run = runEvent({ optimizer: { name: "adam", learningRate, settings: {} } });
  return checks({ run, findings: [] })["learning rate"]!;
}

test("a sound start has nothing wrong, and says its numbers", () => {
  const sound = checks();
  expect(Object.values(sound).filter(({ verdict }) => verdict === "wrong")).toEqual([]);
  expect(sound["labels"]?.text).toContain("10 classes of 100 to 100");
  // ln 10 = 2.303
  expect(sound["initial loss"]).toMatchObject({ verdict: "ok" });
  expect(sound["initial loss"]?.text).toContain("2.3 of a constant prediction");
});

test("S1-01: an initial loss far above ln C is worth a look", () => {
  const { verdict, text } = checks({ initial: initialEvent({}, { loss: 6.9 }) })["initial loss"]!;
  expect(verdict).toBe("look");
  expect(text).toContain("3 times");
});

test("S3-22: one batch is learned by heart below 5 % of the first loss, and not above", () => {
  const verdictAt = (last: number) =>
    checks({ batch: { ...LEARNT, first: 2, last } })["one batch by heart"]?.verdict;
  expect(verdictAt(0.099)).toBe("ok");
  expect(verdictAt(0.101)).toBe("wrong");
  expect(verdictAt(Number.NaN)).toBe("wrong");
});

test("the recipe's rate is compared with the suggestion, and with where the loss diverges", () => {
  expect(RANGE.suggestion).toBe(0.003);
  expect(rateOf(0.003).verdict).toBe("ok");
  expect(rateOf(0.02).verdict).toBe("ok");
  expect(rateOf(0.05).verdict).toBe("look");
  expect(rateOf(0.0002).verdict).toBe("look");
  expect(rateOf(1.5).verdict).toBe("wrong");
});

test("a value that is no number is wrong, and its place is named", () => {
  const data = dataEvent({ invalid: { inputs: 2, targets: 0, first: "row 43, feature 7" } });
  const { verdict, text } = checks({ data })["numbers"]!;
  expect(verdict).toBe("wrong");
  expect(text).toContain("row 43, feature 7");
});

test("units that start alike and rows that leak stand in their own lines, with what was found", () => {
  const initial = initialEvent({}, { identicalUnits: [1, 0, 0] });
  const found = checks({ initial });
  expect(found["symmetric units"]?.text).toContain("100 % of hidden_1");
  expect(found["symmetric units"]?.symptoms).toEqual(["symmetric-weights"]);
  const leaking = checks({ data: dataEvent({ repeated: { train: 0, validation: 150, test: 0 } }) });
  expect(leaking["leak between splits"]?.text).toContain("150 validation rows (50 %)");
  expect(leaking["leak between splits"]?.symptoms).toEqual(["data-leak"]);
  expect(leaking["leak between splits"]?.verdict).not.toBe("ok");
});

test("what was not measured is said to be not", () => {
  expect(checks()["leak between splits"]?.text).toBe("Not measured.");
});
