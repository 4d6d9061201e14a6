/** What the page works out without a browser: figures in words, axes, readings, trends. */
import { expect, test } from "vitest";
import type { RunEvent } from "../../telemetry/events.ts";
import type { Stretch } from "../../telemetry/series.ts";
import { type Extent, extent, makeAxis, needsLog } from "../../webview/charts/axis.ts";
import { learningRate } from "../../webview/charts/figures/rate.ts";
import { readAt, sentence } from "../../webview/charts/reading.ts";
import { opaque } from "../../webview/charts/theme.ts";
import { isDense, trend } from "../../webview/charts/trend.ts";
import { duration, figure, percent, percentTick, tick } from "../../webview/format.ts";
import { description, totalSteps } from "../../webview/header/words.ts";
import type { RunView } from "../../webview/protocol.ts";
import { row } from "../../webview/table/rows.ts";
import { runEvent } from "../helpers/events.ts";
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

const going = (info: Partial<RunEvent>, change: Partial<RunView> = {}): RunView => ({
  id: "run",
  name: "net",
  started: "",
  status: "running",
  error: null,
  info: runEvent({ examples: { train: 1000, validation: 0, test: 0 }, batchSize: 32, ...info }),
  progress: null,
  best: null,
  lastStep: 0,
  curves: ["learningRate"],
  findings: [],
  ...change,
});

test("the steps of a run are those that the trainer says, else those that the examples make", () => {
  // 1000 examples: 31 whole batches of 32, and one of 8 that may be dropped.
  expect(totalSteps(going({ epochs: 10, stepsPerEpoch: 31 }))).toBe(310);
  expect(totalSteps(going({ epochs: 10 }))).toBe(320);
});

test("says the loss of a model that has learned nothing: ln C (S1-01)", () => {
  expect(description(going({ classes: 10 }))).toContain("chance loss 2.30");
  expect(description(going({ classes: null }))).not.toContain("chance");
});

const POINTS = [
  { step: 1, learningRate: 0.1 },
  { step: 101, learningRate: 0.3 },
  { step: 201, learningRate: 0 },
];
const schedule = { type: "warmupCosine", planned: POINTS };
const plannedOf = (run: RunView) => learningRate(run)[0]?.planned;

test("what is planned begins where what was measured ends", () => {
  const { x, y } = plannedOf(going({ schedule }, { lastStep: 26 }))!;
  expect([...x]).toEqual([26, 101, 201]);
  // A quarter of the way from 0.1 to 0.3.
  expect(y[0]).toBeCloseTo(0.15, 12);
  expect([...y].slice(1)).toEqual([0.3, 0]);
  expect([...plannedOf(going({ schedule }, { lastStep: 101 }))!.x]).toEqual([101, 201]);
  expect([...plannedOf(going({ schedule }))!.y]).toEqual([0.1, 0.1, 0.3, 0]);
});

test("nothing is planned without a schedule, by one that waits for the loss, and after the end", () => {
  expect(plannedOf(going({}))).toBeNull();
  expect(plannedOf(going({ schedule: { type: "reduceOnPlateau", planned: [] } }))).toBeNull();
  expect(plannedOf(going({ schedule }, { lastStep: 201 }))).toBeNull();
  expect(plannedOf(going({ schedule }, { lastStep: 26, status: "stopped" }))).toBeNull();
  expect(plannedOf(going({ schedule }, { lastStep: 26, status: "paused" }))).not.toBeNull();
});
