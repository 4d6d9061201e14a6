import { beforeAll, describe, expect, it } from "vitest";
import type { LessonRow } from "../../../telemetry/lessonRow.ts";
import { startWasm } from "../../../trainer/backends/wasm.ts";
import { lessonRows } from "../../../trainer/lessons/index.ts";

let rows: LessonRow[];
beforeAll(async () => {
  rows = await lessonRows(await startWasm());
});

/** The rows of a lesson's line, such as `001:133`. */
function at(place: string): LessonRow[] {
  return rows.filter(({ lesson, line }) => `${lesson}:${line}` === place);
}

/** The one row of that line whose `what` holds the words. */
function row(place: string, words = ""): LessonRow {
  const found = at(place).filter(({ what }) => what.includes(words));
  expect(found, `${place} ${words}`).toHaveLength(1);
  return found[0]!;
}

const numbers = (text: string) =>
  (text.match(/-?\d[\d,]*\.?\d*(?:e[+-]\d+)?/g) ?? []).map((n) => Number(n.replaceAll(",", "")));

/** Where the lesson errs: its figure, ours, and words of the reason. */
function expectWrong(found: LessonRow, lesson: string, ours: string, reason: RegExp): void {
  expect(found).toMatchObject({ figure: lesson, ours, verdict: "lesson wrong" });
  expect(found.reason).toMatch(reason);
}

describe("figures that agree", () => {
  it("are all but those where a lesson is wrong: nothing disagrees", () => {
    expect(rows.filter(({ verdict }) => verdict === "disagree")).toEqual([]);
    expect(
      rows.filter(({ verdict, reason }) => (verdict === "agree") !== (reason === null)),
    ).toEqual([]);
  });

  it("come in the order of the lessons and their lines, each once", () => {
    const places = rows.map(({ lesson, line }) => Number(lesson) * 1000 + line);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const keys = rows.map(({ lesson, line, what, figure }) => [lesson, line, what, figure].join());
    expect(new Set(keys).size).toBe(rows.length);
  });

  // The lines of the lessons' worked examples, of their comments with numbers, and of code that prints some.
  it.each([
    [
      "000",
      [
        20, 24, 29, 32, 41, 45, 58, 61, 64, 76, 80, 86, 88, 104, 113, 118, 121, 137, 142, 171, 183,
        196, 203, 228, 249, 262, 273, 288, 306, 307,
      ],
    ],
    [
      "001",
      [
        37, 39, 53, 57, 58, 59, 61, 63, 78, 80, 82, 95, 99, 101, 106, 107, 108, 112, 126, 127, 133,
        167, 190, 196, 198, 205, 206, 207, 208, 253, 255, 295, 296, 297, 298, 299, 300, 323, 329,
        361, 383, 387, 388, 389, 393,
      ],
    ],
    ["002", [36, 52, 62, 68, 75, 77, 81, 93, 100, 110]],
    [
      "003",
      [
        81, 108, 109, 131, 152, 154, 169, 180, 188, 205, 214, 254, 258, 260, 262, 268, 272, 274,
        276, 278, 293, 303, 308, 309, 310, 311, 321, 331, 335, 337, 339,
      ],
    ],
    ["004", [67, 73, 77, 80, 92, 130]],
  ])("lesson %s: every worked example has a row", (lesson, lines) => {
    expect(lines.filter((line) => at(`${lesson}:${line}`).length === 0)).toEqual([]);
  });
});

describe("figures of the requirements", () => {
  it("lesson 001: mean and deviation after 20 relu layers (S1-08)", () => {
    expect(row("001:78").ours).toBe("2.1791e-26, 3.9225e-26");
    expect(row("001:80").ours).toBe("2.1791e+14, 3.9225e+14");
    expect(row("001:82").ours).toBe("1.9355e-01, 3.4839e-01");
  });

  it("lesson 001: batch normalisation before and after, and over 15 layers (S1-17, S1-20)", () => {
    expect(row("001:127").ours).toBe("3.20, 4.95");
    expect(row("001:133").ours).toBe("0.0000, 1.0000");
    expect(at("001:167")).toHaveLength(15);
    const layer = (i: number) => row("001:167", `layer ${i}:`).ours;
    expect(numbers(layer(0))).toEqual([0.5731, 0.8382, 0.3998, 0.5849]);
    expect(numbers(layer(7))).toEqual([0.5393, 0.8222, 0.3918, 0.5894]);
    expect(numbers(layer(13))).toEqual([1.0894, 1.6267, 0.3926, 0.5863]);
    expect(numbers(layer(14))).toEqual([0.8839, 1.4145, 0.3924, 0.5823]);
  });

  it("lesson 001: four samples of dropout (S1-24)", () => {
    expect(at("001:196").map(({ ours }) => numbers(ours))).toEqual([
      [0, 4, 6, 8, 0, 0, 0, 16],
      [2, 4, 0, 8, 10, 0, 0, 0],
      [0, 4, 0, 0, 10, 0, 0, 0],
      [0, 4, 0, 8, 10, 0, 14, 0],
    ]);
    expect(at("001:198").map(({ ours }) => ours)).toEqual([
      "4.25, 4/8",
      "3.00, 4/8",
      "1.75, 2/8",
      "4.50, 4/8",
    ]);
  });

  it("lesson 001: the table of schedules (S1-27 to S1-29)", () => {
    expect(at("001:253").map(({ ours }) => numbers(ours))).toEqual([
      [0.001, 0.001, 0],
      [0.001, 0.000994, 0.0005],
      [0.001, 0.000976, 0.001],
      [0.001, 0.000905, 0.00097],
      [0.0005, 0.000794, 0.000883],
      [0.0005, 0.000501, 0.000587],
      [0.00025, 0.000207, 0.000251],
      [0.000125, 0.000025, 0.000031],
      [0.000125, 0.000001, 0.000001],
    ]);
  });

  it("lesson 001: the curve's best epoch is 82, and patience 5 to 20 stops at 87 to 102 (S1-33)", () => {
    expect(row("001:297").ours).toBe("82: 0.1045");
    expect(row("001:298").ours).toBe("0.1020");
    expect(row("001:299").ours).toBe("92");
    expect(row("001:323").ours).toBe("87, 92, 97, 102");
  });

  it("lessons 000 and 002: update rules (S0-15, S0-17, S2-10 to S2-13)", () => {
    expect(row("000:118").ours).toBe("0.0670, 4.08e-06");
    expect(row("000:142").ours).toBe("64, 25");
    expect(row("000:104").ours).toBe("0.8000, 0.4600, 0.1448, -0.1418");
    expect(row("002:62", "momentum").ours).toBe("0.8000, 0.4600, 0.4202, 0.3760");
    expect(row("002:62", "Adam").ours).toBe("0.999000000, 0.998000026, 0.997000096");
    expect(row("002:68").ours).toBe("0.998990000, 0.997980037, 0.996970127");
  });

  it("lesson 003: rates 2.0 and 0.1 on x², and clipping by norm (S3-31 to S3-33)", () => {
    expect(row("003:293").ours).toBe("1 → -3 → 9 → -27");
    expect(numbers(row("003:311").ours)).toEqual([-27, 729, 0.512, 0.26]);
    expect(row("003:321").ours).toBe("√33.5 ≈ 5.788");
    expect(row("003:331").ours).toBe("0.5183");
    expect(row("003:335").ours).toBe("[1.555, -2.073, 0.777, -1.296]");
    expect(row("003:339").ours).toBe("1.929 times");
  });
});

describe("where a lesson is wrong", () => {
  it("lesson 000: 91.5 to 94.2 % of the sigmoids saturate, not all (S0-01)", () => {
    const found = row("000:20");
    expectWrong(found, "all", "0.942, 0.918, 0.916, 0.915, 0.917", /91.5 to 94.2 %/);
  });

  it("lesson 000: the printed warm-up climbs again after epoch 100 (S0-12)", () => {
    const found = row("000:88", "150 and 200");
    expectWrong(found, "0.0500, 0.1000", "0.0000, 0.0000", /climbs again after epoch 100/);
  });

  it("lesson 000: the printed warm-up never reaches its peak, and is too low at epoch 50 (S0-12)", () => {
    expectWrong(row("000:88", "after the warm-up"), "0.0994", "0.1000", /never reached/);
    expectWrong(row("000:88", "at epoch 50"), "0.0500", "0.0541", /from epoch 0/);
  });

  it("lessons 000 and 001: the warm-up trains a whole epoch at a rate of 0 (S0-12, S1-29)", () => {
    expectWrong(row("000:86", "throughout"), "0.00", "0.01", /wasted/);
    expectWrong(row("001:238"), "0.000000", "0.000050", /wasted/);
  });

  it("lesson 001: 13 of 64 units are dead at every scale, so dead units are no evidence of a bad scale (S1-08)", () => {
    expectWrong(row("001:95"), "13, 13, 13", "13, 13, 13", /no evidence of a bad scale/);
  });

  it("lesson 001: one millionth is the best case of ten sigmoids, a typical value a tenth of it (S1-04)", () => {
    expectWrong(row("001:61", "median"), "1e-06", "1.1e-07", /best case/);
  });

  it("lesson 001: relu passes gradients on unchanged, the weights around it do not (S1-06)", () => {
    const found = row("001:63", "50 relu layers");
    expect(found).toMatchObject({ figure: "unchanged", verdict: "lesson wrong" });
    const [times] = numbers(found.ours);
    expect(times).toBeGreaterThan(0.1);
    expect(times).toBeLessThan(10);
  });

  it("lesson 001: He's deviation falls from 0.81 to 0.35 and is not stable (S1-11)", () => {
    expectWrong(row("001:99", "He: deviation"), "stable", "0.81, 0.35", /more than half/);
  });

  it("lessons 001 and 004: √(1/fan-in) is LeCun's rule and not Xavier's (S1-12, S4-15)", () => {
    for (const place of ["001:101", "004:77"]) {
      expectWrong(row(place), "0.0442", "0.0510", /LeCun's rule/);
    }
  });

  it("lesson 001: its batch normalisation is for training only (S1-16)", () => {
    expectWrong(row("001:122"), "0.00", "3.00", /running averages/);
  });

  it("lesson 001: the curve's last epoch is 199 and not 200 (S1-33)", () => {
    expectWrong(row("001:295"), "200: 0.0511", "199: 0.0511", /range\(200\)/);
    expectWrong(row("001:296"), "200: 0.5502", "199: 0.5502", /range\(200\)/);
  });

  it("lesson 001: early stopping saves 107 and not 108 epochs (S1-33)", () => {
    expectWrong(row("001:300"), "108", "107", /93 epochs/);
  });

  it("lesson 001: the full recipe saves 84 and not 85 epochs (S1-38)", () => {
    expect(row("001:387").ours).toBe("115");
    expect(row("001:388").ours).toBe("0.0419");
    expectWrong(row("001:393"), "85", "84", /116 epochs/);
  });

  it("lesson 002: 781 updates an epoch leave out 16 examples, all of them take 782 (S2-03)", () => {
    expectWrong(row("002:36", "an epoch, every"), "781", "782", /last 16 examples/);
    expectWrong(row("002:36", "100 epochs, every"), "78,100", "78,200", /last 16 examples/);
  });

  it("lesson 002: RMSProp without ε divides 0 by 0 where a gradient is 0 (S2-11)", () => {
    expectWrong(row("002:62", "gradient is 0"), "NaN", "0", /0 by 0/);
  });

  it("lesson 002: more residual blocks can hurt, the signal grows with each (S2-24)", () => {
    expect(row("002:93", "weights of 0").ours).toBe("0 of 6400 values differ");
    const found = row("002:93", "He");
    expect(found).toMatchObject({ figure: "can only help", verdict: "lesson wrong" });
    expect(Number(found.ours)).toBeGreaterThan(1000);
  });

  it("lesson 003: the bound is 0.1083 and not 0.1082 (S3-30)", () => {
    expectWrong(row("003:272"), "√0.01172 ≈ 0.1082", "√0.01172 ≈ 0.1083", /0.108253/);
    expectWrong(row("003:274"), "[-0.1082, 0.1082]", "[-0.1083, 0.1083]", /0.108253/);
    expectWrong(row("003:278", "bounds"), "0.1082 vs 0.0884", "0.1083 vs 0.0884", /0.108253/);
  });

  it("lesson 003: the clipped gradient's squares add up to 9 and not to 8.999 (S3-33)", () => {
    expect(numbers(row("003:337", "squares").figure).at(-1)).toBe(8.999);
    expect(numbers(row("003:337", "squares").ours).at(-1)).toBe(9);
    expect(row("003:337", "squares").verdict).toBe("lesson wrong");
  });
});
