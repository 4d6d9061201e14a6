/** How fast a stored run goes from its file through codec, curves and every detector. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Engine } from "../../diagnosis/engine.ts";
import { RunRecord } from "../../runs/record.ts";
import { encode } from "../../telemetry/codec.ts";
import type { LayerColumns, StepEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { replayRun } from "../../telemetry/files/follower.ts";
import { epochEvent, layerInfo, runEvent, stepEvent } from "../helpers/events.ts";
import { type BenchRow, median, timed } from "./row.ts";

const STEPS = 200_000;
const STEPS_PER_EPOCH = 500;
const REPETITIONS = 5;
const GOAL_EVENTS_PER_SECOND = 200_000;

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitals-bench-"));
  const file = join(folder, "events.ndjson");
  const lines = [...recording()].map((event) => `${encode(event)}\n`);
  writeFileSync(file, lines.join(""));
  const ours: number[] = [];
  const bare: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    ours.push(
      timed(() => {
        const record = new RunRecord();
        replayRun(folder, (event) => record.push(event));
      }),
    );
    bare.push(
      timed(() => {
        for (const line of readFileSync(file, "utf8").split("\n")) if (line) JSON.parse(line);
      }),
    );
  }
  rmSync(folder, { recursive: true });
  const deep = engineAlone();
  const seconds = median(ours) / 1000;
  const perSecond = lines.length / seconds;
  const device = cpus()[0]?.model ?? "cpu";
  return [
    {
      bench: "engine/file-through-engine",
      value: median(ours) / median(bare),
      unit: "ratio",
      goal: 2,
      baseline: "JSON.parse of the same lines",
      device,
      seconds,
    },
    {
      bench: "engine/seconds-per-200000-events",
      value: GOAL_EVENTS_PER_SECOND / perSecond,
      unit: `s (${Math.round(perSecond).toLocaleString("en")} events/s)`,
      goal: 1,
      baseline: "200,000 events a second",
      device,
      seconds,
    },
    {
      bench: "engine/100-layers-over-reading-them",
      value: deep.engine / deep.bare,
      unit: "ratio",
      goal: 10,
      baseline: "adding up every number of the same events",
      device,
      seconds: deep.engine / 1000,
    },
    {
      bench: "engine/seconds-per-200000-events-of-100-layers",
      value: deep.engine / 1000,
      unit: "s",
      goal: 1,
      baseline: "200,000 events a second, every detector on",
      device,
      seconds: deep.engine / 1000,
    },
  ];
}

const LAYERS = 100;
/** Events that are used again and again, with other step numbers: more than any detector remembers. */
const POOL = 4096;

/** Milliseconds for 200,000 events of a healthy net of 100 layers that are in memory already. */
function engineAlone(): { engine: number; bare: number } {
  const pool = Array.from({ length: POOL }, (_, i) => deepStep(i + 1));
  const layers = Array.from({ length: LAYERS }, (_, i) => layerInfo(`layer_${i}`));
  const announced = runEvent({
    layers,
    stepsPerEpoch: STEPS_PER_EPOCH,
    epochs: STEPS / STEPS_PER_EPOCH,
  });
  const engine: number[] = [];
  const bare: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    engine.push(
      timed(() => {
        const subject = new Engine();
        subject.push(announced);
        for (let step = 1; step <= STEPS; step++) {
          const event = pool[step % POOL] as StepEvent;
          event.step = step;
          event.loss = 2.3 * Math.exp(-step / 40_000);
          subject.push(event);
        }
        if (subject.findings.length > 20) throw new Error("A healthy run has no such findings.");
      }),
    );
    bare.push(
      timed(() => {
        let sum = 0;
        for (let step = 1; step <= STEPS; step++) {
          const columns = (pool[step % POOL] as StepEvent).layers as LayerColumns;
          for (const column of Object.values(columns))
            for (const value of column) sum += value ?? 0;
        }
        if (Number.isNaN(sum)) throw new Error("The events are finite.");
      }),
    );
  }
  return { engine: median(engine), bare: median(bare) };
}

function deepStep(step: number): StepEvent {
  const around = (value: number) =>
    Array.from({ length: LAYERS }, (_, layer) => value * (1 + 0.1 * Math.sin(step * 1.7 + layer)));
  return stepEvent({
    step,
    layers: {
      gradientNorm: around(0.2),
      weightNorm: around(Math.sqrt(2 / 64) * 64),
      updateRatio: around(0.001),
      activationMean: around(0.4),
      activationStd: around(0.6),
      silent: around(0.05),
      saturated: Array.from({ length: LAYERS }, () => null),
    },
  });
}

/** As a healthy net of three dense layers writes it. */
function* recording(): Generator<TelemetryEvent> {
  yield runEvent();
  for (let step = 1; step <= STEPS; step++) {
    const noise = 1 + 0.2 * Math.sin(step * 1.7);
    const round = (value: number) => Number((value * noise).toPrecision(5));
    yield stepEvent({
      step,
      epoch: Math.ceil(step / STEPS_PER_EPOCH),
      seconds: round(step / 2000),
      loss: round(2.3 * Math.exp(-step / 40_000)),
      gradientNorm: round(2),
      clippedNorm: round(2),
      layers: {
        gradientNorm: [round(1.1), round(1.2), round(0.9)],
        weightNorm: [round(11.3), round(11.2), round(4.4)],
        updateRatio: [round(0.0012), round(0.0013), round(0.0021)],
        activationMean: [round(0.4), round(0.38), round(0.1)],
        activationStd: [round(0.58), round(0.61), round(0.3)],
        silent: [0.046875, 0.078125, null],
        saturated: [null, null, null],
      },
    });
    if (step % STEPS_PER_EPOCH === 0) {
      const epoch = step / STEPS_PER_EPOCH;
      yield epochEvent(epoch, { loss: round(0.5), accuracy: 0.9 }, { loss: 0.5, accuracy: 0.9 });
    }
  }
}
