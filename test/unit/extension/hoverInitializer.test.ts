import { expect, test } from "vitest";
import { hoverAt } from "../../../extension/editor/hover/hoverAt.ts";
import type { RunEvent } from "../../../telemetry/events.ts";
import { layerInfo } from "../../helpers/events.ts";
import { aRunEvent } from "./runs.ts";

function recipe(...layers: string[]): string {
  return `{ "data": { "csv": "a.csv" }, "layers": [ ${layers.join(", ")} ] }`;
}

/** The hover at the last place of a text. */
function hoverOn(text: string, at: string, lastRun?: RunEvent) {
  return hoverAt(text, text.lastIndexOf(at), { dark: true, lastRun });
}

const dense = (units: number, more = "") => `{ "type": "dense", "units": ${units}${more} }`;
const RELU = ', "activation": "relu"';
const HE = ', "kernelInitializer": "heNormal"';

/** Cells of the table's row that begins with these. */
function row(markdown: string | undefined, ...begin: string[]): string[] | undefined {
  const rows = (markdown ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.replace("&emsp;", "").trim()),
    );
  return rows.find((cells) => begin.every((text, i) => cells[i] === text));
}

test("at fan-in 256: the lesson's deviations, and what auto takes", () => {
  const text = recipe(dense(256), dense(256, RELU + HE));
  const { markdown, offset, length } = hoverOn(text, '"kernelInitializer"')!;
  expect(markdown).toContain("`heNormal`: standard deviation **0.0884**.");
  expect(markdown).toContain("Fan-in 256, fan-out 256:");
  // S1-14: He 0.0884; sigmoid and tanh 0.0625, which Glorot gives too where fan-in and fan-out are the same.
  expect(markdown).toContain("He **0.0884** · Xavier (Glorot) **0.0625** · LeCun **0.0625**");
  expect(markdown).toContain("For relu, `auto` takes `heNormal`.");
  expect(text.slice(offset, offset + length)).toBe('"kernelInitializer": "heNormal"');
});

test("the two meanings of Xavier are told apart", () => {
  // S3-06: 512 -> 256 has a deviation of 0.05103; LeCun's, 1/sqrt(512), is S4-15's 0.0442.
  const text = recipe(
    dense(512),
    dense(256, ', "activation": "tanh", "kernelInitializer": "auto"'),
  );
  const { markdown } = hoverOn(text, "auto")!;
  expect(markdown).toContain("`auto`: standard deviation **0.051**.");
  expect(markdown).toContain("He **0.0625** · Xavier (Glorot) **0.051** · LeCun **0.0442**");
  expect(markdown).toContain("For tanh, `auto` takes `glorotUniform`.");
  expect(markdown).toMatch(/lessons 000 and 003 .*fan-in \+ fan-out.*`glorotNormal`/);
  expect(markdown).toMatch(/lessons 001 and 004 .*1 \/ fan-in, `leCunNormal`/);
});

test("units show what the default gives", () => {
  const text = recipe(dense(512), dense(256));
  expect(hoverOn(text, '"units"')?.markdown).toContain(
    "`glorotUniform`, the default: standard deviation **0.051**.",
  );
});

test.each([
  ['{ "type": "randomNormal", "stddev": 0.3 }', "**0.3**"],
  // (b - a) / sqrt(12)
  ['{ "type": "randomUniform", "minval": -0.5, "maxval": 0.5 }', "**0.289**"],
  ['"zeros"', "**0**. All units start alike"],
  ['{ "type": "constant", "value": 3 }', "**0**. All units start alike"],
  // 100 x 25: columns of length one over 100 rows.
  ['"orthogonal"', "**0.1**"],
  ['{ "type": "orthogonal", "gain": 2 }', "**0.2**"],
])("%s gives %s", (initializer, text) => {
  const layers = recipe(dense(100), dense(25, `, "kernelInitializer": ${initializer}`));
  expect(hoverOn(layers, '"kernelInitializer"')?.markdown).toContain(text);
});

test("a bias is told about, not compared", () => {
  const text = recipe(dense(256), dense(64, `${RELU}, "biasInitializer": "heNormal"`));
  const { markdown } = hoverOn(text, '"biasInitializer"')!;
  expect(markdown).toContain("`heNormal`: standard deviation **0.0884**.");
  expect(markdown).toContain("For relu, `auto` takes `heNormal`.");
  expect(markdown).not.toContain("|");
});

test("layers that keep the width hand it on, and blocks give what their last layer gives", () => {
  const passing = [
    '{ "type": "dropout", "rate": 0.1 }',
    '{ "type": "batchNormalization" }',
    '{ "type": "flatten" }',
  ];
  expect(hoverOn(recipe(dense(400), ...passing, dense(8, HE)), "heNormal")?.markdown).toContain(
    "Fan-in 400",
  );
  const block = `{ "type": "residual", "layers": [${dense(50)}, ${dense(200)}] }`;
  expect(hoverOn(recipe(dense(400), block, dense(8, HE)), "heNormal")?.markdown).toContain(
    "Fan-in 200",
  );
  const inside = `{ "type": "residual", "layers": [ ${dense(50, HE)} ] }`;
  expect(hoverOn(recipe(dense(400), inside), "heNormal")?.markdown).toContain(
    "Fan-in 400, fan-out 50",
  );
});

test("a convolution counts its window", () => {
  const conv = (filters: number, more = "") =>
    `{ "type": "conv2d", "filters": ${filters}, "kernelSize": [3, 5]${more} }`;
  const text = recipe(conv(16), '{ "type": "maxPooling2d" }', conv(4, HE));
  const { markdown } = hoverOn(text, '"filters"')!;
  expect(markdown).toContain("Fan-in 240, fan-out 60:");
  // sqrt(2 / 240)
  expect(markdown).toContain("standard deviation **0.0913**");
  const first = recipe(conv(16, HE)).replace('"a.csv"', '"a.csv", "shape": [8, 8, 3]');
  expect(hoverOn(first, '"filters"')?.markdown).toContain("Fan-in 45, fan-out 240:");
});

test("what the recipe leaves open is taken from its last run, by the layer's name", () => {
  const lastRun = aRunEvent({
    layers: [layerInfo("dense_1", { fanIn: 784, fanOut: 8 }), layerInfo("out", { fanIn: 8 })],
  });
  const text = recipe(dense(8, HE), dense(2));
  const { markdown } = hoverOn(text, "heNormal", lastRun)!;
  expect(markdown).toContain("Fan-in 784, as in the last run, fan-out 8:");
  // sqrt(2 / 784)
  expect(markdown).toContain("**0.0505**");
  const renamed = recipe(dense(8, `${HE}, "name": "first"`));
  expect(hoverOn(renamed, "heNormal", lastRun)?.markdown).toContain(
    "The fan-in is known after the first run",
  );
});

test("today's recipe counts more than its last run", () => {
  const lastRun = aRunEvent({ layers: [layerInfo("dense_1"), layerInfo("dense_2", { fanIn: 9 })] });
  expect(hoverOn(recipe(dense(256), dense(2, HE)), "heNormal", lastRun)?.markdown).toContain(
    "Fan-in 256,",
  );
});

test("before the first run some usual fan-ins stand for the unknown one", () => {
  const { markdown } = hoverOn(recipe(dense(256, RELU + HE)), "heNormal")!;
  expect(markdown).toContain("`heNormal`: its standard deviation depends on the fan-in.");
  expect(row(markdown, "256")).toEqual(["256", "0.0884", "0.0625", "0.0625"]);
  const after = recipe(
    '{ "type": "conv2d", "filters": 4, "kernelSize": 3 }',
    '{ "type": "flatten" }',
    dense(8, HE),
  );
  expect(hoverOn(after, "heNormal")?.markdown).toContain("The fan-in is known after the first run");
});

test("half-written layers are no obstacle, and other layers and settings none of its business", () => {
  const typing = recipe("{ }", dense(8, `${HE.replace("heNormal", "heNorml")}`));
  const { markdown } = hoverOn(typing, '"kernelInitializer"')!;
  expect(markdown).not.toContain("**");
  expect(row(markdown, "256")).toBeDefined();
  expect(hoverOn(recipe(dense(8, RELU)), '"activation"')).toBeUndefined();
  expect(hoverOn(recipe('{ "type": "rbf", "units": 8 }'), '"units"')).toBeUndefined();
});
