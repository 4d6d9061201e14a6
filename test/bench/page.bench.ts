/** How long the loss chart takes to draw anew when points come in, by the length of the run. */
import { cpus } from "node:os";
import type { Browser } from "playwright-core";
import type { TelemetryEvent } from "../../telemetry/events.ts";
import type { RunView } from "../../webview/protocol.ts";
import { runEvent, stepEvent } from "../helpers/events.ts";
import { launch } from "../page/browser.ts";
import { noise } from "../page/fixtures/noise.ts";
import { Dashboard } from "../page/harness.ts";
import { RecordedRun } from "../page/host.ts";
import { type BenchRow, median } from "./row.ts";

const SHORT = 10_000;
const LONG = 1_000_000;
const REDRAWS = 40;
/** Steps between two redraws. */
const NEWS = 20;

/** A run with no other chart than the loss. */
class LossRun extends RecordedRun {
  override view(): RunView {
    return { ...super.view(), curves: ["loss"] };
  }
}

function* events(): Generator<TelemetryEvent> {
  yield runEvent();
  const random = noise(3);
  const { layers: _, ...step } = stepEvent({ step: 1 });
  for (let at = 1; ; at++) {
    yield { ...step, step: at, loss: Math.exp(-at / 2e5 + random() / 3), sampled: false };
  }
}

/** Median milliseconds of script that a redraw takes, with so many points in the run. */
async function redraw(browser: Browser, points: number): Promise<number> {
  const dashboard = await Dashboard.open(browser, {
    before: () => {
      const scope = window as unknown as { drawings: number[] };
      scope.drawings = [];
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (draw) =>
        ask((time) => {
          const begun = performance.now();
          draw(time);
          scope.drawings.push(performance.now() - begun);
        });
    },
  });
  const run = new LossRun(events());
  run.feed(points);
  await dashboard.show(run);
  await dashboard.settled();
  const all = () =>
    dashboard.page.evaluate(() => (window as unknown as { drawings: number[] }).drawings);
  const before = (await all()).length;
  for (let i = 0; i < REDRAWS; i++) {
    run.feed(NEWS);
    await dashboard.show(run);
    await dashboard.page.waitForTimeout(120);
  }
  const times = (await all()).slice(before);
  await dashboard.page.close();
  return median(times);
}

export async function run(): Promise<BenchRow[]> {
  const begun = performance.now();
  const browser = await launch();
  try {
    const baseline = await redraw(browser, SHORT);
    const long = await redraw(browser, LONG);
    return [
      {
        bench: "page-redraw-million-points",
        value: long / baseline,
        unit: "times",
        goal: 2,
        baseline: `${baseline.toFixed(2)} ms with 10 000 points`,
        device: cpus()[0]?.model ?? "cpu",
        seconds: (performance.now() - begun) / 1000,
      },
    ];
  } finally {
    await browser.close();
  }
}
