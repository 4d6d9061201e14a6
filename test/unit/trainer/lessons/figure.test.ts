import { expect, it } from "vitest";
import { compare, type Figure } from "../../../../trainer/lessons/figure.ts";

const figure = (lesson: string, ours: Figure["ours"], wrong?: Figure["wrong"]): Figure => ({
  at: "001:133",
  what: "what",
  lesson,
  ours,
  ...(wrong && { wrong }),
});

it("says where a figure stands", () => {
  expect(compare(figure("1.0", [1]))).toEqual({
    lesson: "001",
    line: 133,
    what: "what",
    figure: "1.0",
    source: "text",
    ours: "1.0",
    verdict: "agree",
    reason: null,
  });
  expect(compare({ ...figure("1.0", [1]), run: true }).source).toBe("code");
});

it.each<[string, number[], string, string]>([
  ["0.1082", [0.108253], "0.1083", "disagree"],
  ["0.1083", [0.108253], "0.1083", "agree"],
  ["0.005", [0.00515378], "0.005", "agree"],
  ["mean 3.20, std 4.95", [3.2023, 4.9499], "mean 3.20, std 4.95", "agree"],
  ["1 → -3 → 9", [1, -3, 9], "1 → -3 → 9", "agree"],
  ["1 → -3 → 9", [1, -3, 8], "1 → -3 → 8", "disagree"],
  ["2.1791e-26", [2.17914e-26], "2.1791e-26", "agree"],
  ["2.1791e-26", [2.1793e-26], "2.1793e-26", "disagree"],
  ["1.27e+30", [1.2677e30], "1.27e+30", "agree"],
  ["1e-06", [9.54e-7], "1e-06", "agree"],
  ["78,100", [78100], "78,100", "agree"],
  ["78,100", [1078200], "1,078,200", "disagree"],
  ["[ 0.  4. 16.]", [0, 4, 16], "[ 0.  4. 16.]", "agree"],
  ["0.0000", [-1e-9], "0.0000", "agree"],
  ["1, 2", [1], "1, NaN", "disagree"],
  ["1", [1, 2], "1", "disagree"],
  ["0.5", [Number.NaN], "NaN", "disagree"],
  ["0.5", [Number.POSITIVE_INFINITY], "Infinity", "disagree"],
])("%s beside %j is %s: %s", (lesson, ours, shown, verdict) => {
  const row = compare(figure(lesson, ours));
  expect(row.verdict).toBe(verdict);
  expect(row.ours).toBe(shown);
});

it("lets the edge of a digit fall either way by a few millionths, not more", () => {
  expect(compare(figure("0.5731", [0.5731500005])).verdict).toBe("agree");
  expect(compare(figure("0.5731", [0.573153])).verdict).toBe("disagree");
  expect(compare(figure("100000", [100001])).verdict).toBe("disagree");
});

it("calls the lesson wrong only where ours is what is known to be right", () => {
  const wrong = { right: "107", reason: "why" };
  expect(compare(figure("108", [107], wrong))).toMatchObject({
    ours: "107",
    verdict: "lesson wrong",
    reason: "why",
  });
  expect(compare(figure("108", [108], wrong)).verdict).toBe("disagree");
  expect(compare(figure("13", [13], { reason: "why" })).verdict).toBe("lesson wrong");
  expect(compare(figure("13", [12], { reason: "why" })).verdict).toBe("disagree");
});

it("takes findings in words", () => {
  expect(compare(figure("twice", { text: "1.93 times", holds: true }))).toMatchObject({
    ours: "1.93 times",
    verdict: "agree",
  });
  expect(compare(figure("twice", { text: "1 time", holds: false })).verdict).toBe("disagree");
});
