/** What the page works out without a browser: figures in words, axes, readings, trends. */
import { expect, test } from "vitest";
import type { Stretch } from "../../telemetry/series.ts";
import { type Extent, extent, makeAxis, needsLog } from "../../webview/charts/axis.ts";
import { readAt, sentence } from "../../webview/charts/reading.ts";
import { opaque } from "../../webview/charts/theme.ts";
import { isDense, trend } from "../../webview/charts/trend.ts";
import { duration, figure, percent, percentTick, tick } from "../../webview/format.ts";
import { row } from "../../webview/table/rows.ts";
import { plain } from "./harness.ts";

function stretch(points: [number, number][], marks: [number, number][] = []): Stretch {
  return {
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => y),
    marksX: Float64Array.from(marks, ([x]) => x),
    marksY: Float64Array.from(marks, ([, y]) => y),
  };
}

test.each([
  [0.3134, "0.313"],
  [1240.4, "1 240"],
  [0.000314, "3.1e-4"],
  [123456, "1.23e5"],
  [0, "0"],
  [Number.NaN, "NaN"],
  // JSON has made it that on its way.
  [null, "NaN"],
  [-Infinity, "−∞"],
])("the figure %s reads %s", (value, text) => {
  expect(plain(figure(value))).toBe(text);
});

test("shares, ticks and times read short", () => {
  expect(plain(percent(0.614))).toBe("61.4 %");
  expect(plain(percent(0.0004))).toBe("0.04 %");
  expect(plain(percent(1))).toBe("100 %");
  expect(plain(percentTick(0.25))).toBe("25 %");
  expect([0.5, 2].map((value) => tick(value, 2))).toEqual(["0.5", "2"]);
  expect(tick(0.00075, 0.001)).toBe("7.5e-4");
  expect(plain(tick(10_000, 10_000))).toBe("10 000");
  expect([8, 125, 3720].map(duration)).toEqual(["8 s", "2 min 05 s", "1 h 02 min"]);
});

const found = (over: Partial<Extent>): Extent => ({
  min: 1,
  max: 2,
  smallest: 1,
  flat: false,
  first: 1,
  ...over,
});

test("a linear axis ends at round numbers", () => {
  const axis = makeAxis(found({ min: 0.08, max: 2.33 }), false);
  expect(axis).toEqual({ log: false, min: 0, max: 3, ticks: [0, 1, 2, 3] });
  expect(makeAxis(found({ min: 0, max: 0.4 }), false, { min: 0, max: 1 }).max).toBe(1);
  expect(makeAxis(found({ min: 5, max: 5 }), false)).toMatchObject({ min: 0, max: 8 });
});

test("a logarithmic axis keeps both the explosion and what was before", () => {
  const axis = makeAxis(found({ smallest: 0.3, max: 1e30 }), true);
  expect(axis.min).toBeLessThanOrEqual(0.3);
  expect(axis.max).toBeGreaterThanOrEqual(1e30);
  expect(axis.ticks.length).toBeLessThan(9);
  // An underflow is not worth thirty powers of ten.
  expect(makeAxis(found({ smallest: 1e-38, max: 1 }), true).min).toBeGreaterThan(1e-18);
});

test("only the points in sight count for the axis", () => {
  const spiked = stretch([
    [0, 1e9],
    [10, 2],
    [20, 0],
  ]);
  expect(extent([spiked], 5, 30)).toEqual({ min: 0, max: 2, smallest: 2, flat: true, first: 2 });
});

test("an explosion needs a logarithmic axis, a loss that falls does not", () => {
  expect(needsLog(found({ first: 2, max: 500 }))).toBe(true);
  expect(needsLog(found({ first: 2, max: 2.3, smallest: 1e-6 }))).toBe(false);
  expect(needsLog(found({ first: 2, max: 500, flat: true }))).toBe(false);
});

test("reads the nearest point or mark", () => {
  const line = stretch(
    [
      [10, 1],
      [20, 2],
    ],
    [[16, Number.NaN]],
  );
  expect(readAt(line, 11)).toEqual({ step: 10, value: 1 });
  expect(readAt(line, 17)).toEqual({ step: 16, value: Number.NaN });
  expect(readAt(line, 1e9)).toEqual({ step: 20, value: 2 });
  expect(readAt(stretch([]), 3)).toBeNull();
});

test("a sentence names all of few lines, and the ends of many", () => {
  const named = (label: string, value: number) => ({ label, reading: { step: 7, value } });
  const few = [named("train", 0.5), { label: "validation", reading: null }];
  expect(sentence(7, few, 3, String)).toBe("step 7 · train 0.5");
  const many = [named("a", 3), named("b", 1), named("c", Number.NaN), named("d", 2)];
  expect(sentence(7, many, 3, String)).toBe("step 7 · 1 b · 3 a · NaN c");
});

test("a trend goes through the middle of the noise, and has a gap where nothing is", () => {
  const points = Array.from({ length: 400 }, (_, i): [number, number] => [i, 10 + (i % 2)]);
  const noisy = stretch(points.filter(([x]) => x < 100 || x > 200));
  expect(isDense(noisy)).toBe(true);
  const axis = { log: true, min: 1, max: 100, ticks: [] };
  const calm = trend(noisy, { from: 0, to: 400 }, axis);
  expect(calm.y[10]).toBeCloseTo(10.5, 1);
  expect(calm.y[45]).toBeNaN();
  // A gradient of zero is a line on the floor, not nothing.
  const dead = stretch(points.map(([x]) => [x, 0]));
  expect(trend(dead, { from: 0, to: 400 }, axis).y[45]).toBeCloseTo(1);
});

test("a row of the table finds the newest value also where it is not finite", () => {
  const whole = stretch([
    [1, 5],
    [9, 2],
  ]);
  const newest = stretch([[9, 2]], [[12, Number.NaN]]);
  expect(row(newest, whole)).toMatchObject({
    last: { step: 12, value: Number.NaN },
    low: { step: 9, value: 2 },
    high: { step: 1, value: 5 },
    broken: null,
  });
});

test("a chart colour that a theme leaves transparent is drawn in full", () => {
  expect(opaque("rgba(234, 92, 0, 0.33)")).toBe("rgb(234, 92, 0)");
  expect(opaque("#ea5c0055")).toBe("#ea5c00");
  expect(opaque("#3794ff")).toBe("#3794ff");
});
