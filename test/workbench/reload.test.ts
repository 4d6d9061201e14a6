import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ExampleWindow,
  endOf,
  eventsOf,
  eventually,
  openExamples,
  rewrite,
  runsOf,
  shownStep,
  train,
} from "./window.ts";

const RECIPE = "healthy.train.json";
let window: ExampleWindow;

beforeAll(async () => {
  window = await openExamples();
  // Long enough to reload the window while it runs; it is stopped at the end.
  rewrite(window.folder, RECIPE, (text) =>
    text.replace(/"epochs": \d+/, '"epochs": 4000').replace(/,\s*"earlyStopping": \{.*?\}/, ""),
  );
});
afterAll(() => window?.close());

test("a window reload neither disturbs a training nor loses a step of it", async () => {
  const { workbench, folder } = window;
  await workbench.openFile(RECIPE);
  const run = await train(window, RECIPE);
  const before = await eventually("the charts to move", async () => {
    const { step, running } = await shownStep(window);
    return running && step > 20 ? step : undefined;
  });

  const reloaded = workbench.page.waitForEvent("load");
  await workbench.command("Developer: Reload Window");
  await reloaded;
  const after = await eventually("the dashboard to be back", async () => {
    const { step, running } = await shownStep(window).catch(() => ({ step: 0, running: false }));
    return running && step > before ? step : undefined;
  });
  await eventually("the charts to go on moving", async () =>
    (await shownStep(window)).step > after ? true : undefined,
  );
  await eventually("the status bar", async () =>
    (await workbench.statusBar()).find((item) => /^step [\d\s]+ · loss/.test(item)),
  );

  await workbench.command("Vitals: Stop Training");
  const end = await endOf(run);
  expect(end.status).toBe("stopped");
  await eventually("the end in the dashboard", async () =>
    (await shownStep(window)).step === end.step ? true : undefined,
  );

  expect(runsOf(folder, RECIPE)).toEqual([run]);
  const events = eventsOf(run);
  expect(events.filter(({ kind }) => kind === "run")).toHaveLength(1);
  const steps = events.flatMap((event) => (event.kind === "step" ? [event.step] : []));
  expect(steps).toEqual(Array.from({ length: end.step }, (_, i) => i + 1));
});
