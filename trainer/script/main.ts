/**
 * The probe: preloaded into a script's process, it observes the training there and changes nothing. The script's
 * results, its output, its exit status and its random numbers are the same with it and without it.
 */
import { isMainThread } from "node:worker_threads";
import { attach } from "./attach.ts";
import { describeEngine, startBackend, type Wish } from "./backend.ts";
import { finish } from "./finish.ts";
import { Recording } from "./recording.ts";
import { type ProbeSettings, takeSettings } from "./settings.ts";
import { onLayersLoaded } from "./tensorflow.ts";
import { Trainings } from "./trainings.ts";

async function observe(settings: ProbeSettings): Promise<void> {
  const recording = new Recording(settings);
  const { quietly } = recording;
  let wish: Wish = { backend: null, refusal: null };
  const copies: Trainings[] = [];
  onLayersLoaded((layers, core) => {
    const trainings = new Trainings(layers, core, recording, (...own) =>
      describeEngine(wish, ...own),
    );
    copies.push(trainings);
    quietly(() => attach(layers, core, trainings, quietly));
  });
  let uncaught: Error | null = null;
  process.on("uncaughtExceptionMonitor", (error) => {
    uncaught = error instanceof Error ? error : new Error(String(error));
  });
  process.on("exit", (code) => {
    try {
      finish(recording, copies.find(({ model }) => model) ?? null, code, uncaught);
    } catch {
      // The disk is full, or the run folder is gone: the script ends as it would.
    }
  });
  wish = await startBackend(settings.backend, settings.script);
  if (wish.refusal !== null) recording.say("warning", wish.refusal);
}

const settings = isMainThread ? takeSettings() : null;

/** To be awaited before the script's first line. */
export const ready = settings ? observe(settings) : Promise.resolve();
