import { expect, test } from "vitest";
import { hoverAt } from "../../../extension/editor/hover/hoverAt.ts";

function recipe(optimizer: string, epochs = '"epochs": 100'): string {
  return `{
  // the rest is not written yet
  "layers": [ { "type": "dens" } ],
  "optimizer": { ${optimizer} },
  ${epochs}
}
`;
}

function hoverOn(text: string, at: string, dark = true) {
  return hoverAt(text, text.indexOf(at), { dark, lastRun: undefined });
}

/** The figures by their names. */
function numbers(text: string, at = '"schedule"'): Record<string, string> {
  const pairs = (hoverOn(text, at)?.markdown ?? "").matchAll(
    /(start|after [\d.]+ epochs|end) \*\*([^*]+)\*\*/g,
  );
  return Object.fromEntries([...pairs].map(([, name, figure]) => [name, figure]));
}

function picture(text: string, dark = true): string {
  const { markdown } = hoverOn(text, '"learningRate"', dark)!;
  const [, data] = /\(data:image\/svg\+xml;base64,([^)]+)\)/.exec(markdown)!;
  return Buffer.from(data!, "base64").toString();
}

/** The drawn curve: [epoch, rate], read off the pixels by the axes' own labels. */
function curve(svg: string, epochs: number, top: number): [number, number][] {
  const labels = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)/g)];
  const ticks = labels.map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }));
  const place = (text: string, last = false) =>
    ticks[last ? "findLast" : "find"]((tick) => tick.text === text)!;
  const left = place("0", true).x;
  const right = place(String(epochs)).x;
  const bottom = place("0").y;
  const height = bottom - place(String(top)).y;
  const [, points] = /<polyline points="([^"]+)"/.exec(svg)!;
  return points!.split(" ").map((point) => {
    const [x, y] = point.split(",").map(Number) as [number, number];
    return [((x - left) / (right - left)) * epochs, ((bottom - 4 - y) / height) * top];
  });
}

const near = (points: [number, number][], epoch: number) =>
  points.reduce((a, b) => (Math.abs(b[0] - epoch) < Math.abs(a[0] - epoch) ? b : a))[1];

const WARMUP =
  '"type": "adam", "learningRate": 0.001, "schedule": { "type": "warmupCosine", "warmupEpochs": 10, "minLearningRate": 1e-6 }';

test("warm-up and cosine: the lesson's rates at start, end of the warm-up and middle", () => {
  // S1-29, and S3-17: the peak at the end of the warm-up.
  expect(numbers(recipe(WARMUP))).toEqual({
    start: "almost 0",
    "after 10 epochs": "0.001",
    "after 50 epochs": "0.000587",
    end: "1e-6",
  });
});

test("the curve of warm-up and cosine goes through the lesson's rates", () => {
  const drawn = curve(picture(recipe(WARMUP)), 100, 0.001);
  const lesson = {
    0: 0,
    5: 0.0005,
    10: 0.001,
    20: 0.00097,
    30: 0.000883,
    70: 0.000251,
    90: 0.000031,
  };
  for (const [epoch, rate] of Object.entries(lesson)) {
    expect(Math.abs(near(drawn, Number(epoch)) - rate), epoch).toBeLessThan(1.5e-5);
  }
});

test("cosine: the lesson's rates", () => {
  const schedule =
    '"type": "sgd", "learningRate": 0.001, "schedule": { "type": "cosine", "minLearningRate": 1e-6 }';
  const text = recipe(schedule);
  // S1-28 has 0.000501 (0.0005005) in the middle.
  expect(numbers(text)).toEqual({ start: "0.001", "after 50 epochs": "0.000501", end: "1e-6" });
  expect(near(curve(picture(text), 100, 0.001), 70)).toBeCloseTo(0.000207, 5);
});

test("step: the last update has not fallen once more", () => {
  const optimizer =
    '"type": "sgd", "learningRate": 0.1, "schedule": { "type": "step", "factor": 0.1, "every": 30 }';
  // S0-10: epochs 60 to 89 at 0.001, and nothing is trained at 0.0001 in 90 epochs.
  const text = recipe(optimizer, '"epochs": 90');
  expect(numbers(text)).toEqual({ start: "0.1", "after 45 epochs": "0.01", end: "0.001" });
  expect(hoverOn(text, '"every"')?.markdown).toContain("Falls 2 times, from 0.1 to 0.001.");
  const short = recipe(optimizer, '"epochs": 30');
  expect(hoverOn(short, '"every"')?.markdown).toContain(
    "Stays at 0.1: the first fall would come after 30 epochs.",
  );
});

test("exponential: the lesson's rates, and how fast it halves", () => {
  const text = recipe(
    '"type": "sgd", "learningRate": 0.1, "schedule": { "type": "exponential", "factor": 0.95 }',
  );
  // S0-11.
  expect(numbers(text)).toEqual({ start: "0.1", "after 50 epochs": "0.00769", end: "0.000592" });
  expect(hoverOn(text, '"factor"')?.markdown).toContain("Halves every 13.5 epochs.");
});

test("reduce on plateau says what it is drawn for, and waits for its patience", () => {
  const text = recipe(
    '"type": "sgd", "learningRate": 0.1, "schedule": { "type": "reduceOnPlateau", "factor": 0.5, "patience": 20 }',
  );
  const { markdown } = hoverOn(text, '"patience"')!;
  expect(markdown).toContain(
    "as if it never fell again after the first epoch: times 0.5 every 20 epochs",
  );
  expect(markdown).toContain("As long as it falls, the rate stays at 0.1.");
  const drawn = curve(picture(text), 100, 0.1);
  expect([15, 25, 45].map((epoch) => near(drawn, epoch).toFixed(3))).toEqual([
    "0.100",
    "0.050",
    "0.025",
  ]);
});

test("without a schedule the rate stays, be it written or the optimizer's own", () => {
  expect(hoverOn(recipe('"type": "adam", "learningRate": 0.003'), "0.003")?.markdown).toContain(
    "Every update of the 100 epochs is made at 0.003.",
  );
  const text = recipe('"type": "sgd", "schedule": { "type": "constant" }');
  // S3-13.
  expect(hoverOn(text, "constant")?.markdown).toContain("is made at 0.01.");
});

test("it covers key and value, and stands nowhere else", () => {
  const text = recipe('"type": "adam", "learningRate": 0.003, "clipNorm": 1');
  const found = hoverOn(text, '"learningRate"')!;
  expect(text.slice(found.offset, found.offset + found.length)).toBe('"learningRate": 0.003');
  expect(hoverOn(text, '"clipNorm"')).toBeUndefined();
  expect(hoverOn(text, '"epochs"')).toBeUndefined();
  expect(hoverOn("", "")).toBeUndefined();
});

test("a recipe that is still being written shows what it can", () => {
  const half = recipe(WARMUP, '"epochs":').replace(/\}\n$/, "");
  const { markdown } = hoverOn(half, '"schedule"')!;
  expect(markdown).toContain("The recipe does not say its epochs yet: 100 are drawn.");
  expect(numbers(half)["after 50 epochs"]).toBe("0.000587");
});

test("a schedule that cannot be read is not drawn as if it were not there", () => {
  const unknown = recipe('"type": "adam", "learningRate": 0.003, "schedule": { "type": "cosin" }');
  expect(hoverOn(unknown, '"schedule"')).toBeUndefined();
  expect(hoverOn(unknown, '"learningRate"')).toBeUndefined();
  const missing = recipe(
    '"type": "adam", "learningRate": 0.003, "schedule": { "type": "step", "every": 3 }',
  );
  expect(hoverOn(missing, '"learningRate"')).toBeUndefined();
  const negative = recipe('"type": "adam", "learningRate": -1, "schedule": { "type": "cosine" }');
  expect(hoverOn(negative, '"schedule"')).toBeUndefined();
});

/** Contrast of two colours (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [light, dark] = [a, b]
    .map((colour) => {
      const [r, g, blue] = [1, 3, 5].map((at) => {
        const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
    })
    .sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  ["dark", true, ["#202020", "#252526", "#000000"]],
  ["light", false, ["#f8f8f8", "#f3f3f3", "#ffffff"]],
])("text and line are readable on %s hovers", (_, dark, backgrounds) => {
  const svg = picture(recipe(WARMUP), dark);
  const [, text] = /<svg[^>]* fill="(#\w{6})"/.exec(svg)!;
  const [, line] = /<polyline[^>]* stroke="(#\w{6})"/.exec(svg)!;
  for (const background of backgrounds) {
    expect(contrast(text!, background)).toBeGreaterThan(7);
    expect(contrast(line!, background)).toBeGreaterThan(4.5);
  }
});

test("the picture needs nothing from outside and no trust", () => {
  const { markdown } = hoverOn(recipe(WARMUP), '"schedule"')!;
  const svg = picture(recipe(WARMUP));
  expect(svg.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
    /https?:|href|<script|<style/,
  );
  expect(markdown).not.toMatch(/command:|<\w/);
  // VS Code cuts longer texts off.
  expect(markdown.length).toBeLessThan(20_000);
});
