/** A small fixed sample of the zoo, trained as a user would: what is said live is what a replay says, and it is right. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCases, type ZooCase } from "./cases.ts";
import { judged as judgedApart, separate } from "./crossValidation.ts";
import { trainedWell } from "./outcome.ts";
import { type Recording, readRecording } from "./recording.ts";
import { findingsOf, readEvents } from "./replay.ts";
import { causePlace, endedInOrder, falseAlarms, isDetected, type Judged } from "./score.ts";
import { trainMissing } from "./train.ts";

/** Quick ones: a static fault, one of the first pass, one of the data, two at run time; and twins of them. */
const FAULTY = ["SO-34311586", "AT-GE-4", "SO-46642627", "DV-lr-low-adam", "DV-eos"];
const HEALTHY = ["H-AT-GE-4", "H-DV-nan-input", "H-DV-eos"];
const SEED = 1;

const known = new Map(loadCases().map((zooCase) => [zooCase.id, zooCase]));
const recordings = new Map<string, Recording>();
let root: string;

beforeAll(async () => {
  // Inside the checkout: the scripts import TensorFlow.js as a user's do.
  mkdirSync(".vitals", { recursive: true });
  root = mkdtempSync(join(".vitals", "zoo-sample-"));
  const jobs = [...FAULTY, ...HEALTHY].map((id) => ({
    zooCase: known.get(id) as ZooCase,
    seed: SEED,
  }));
  await trainMissing(jobs, { root, fresh: false, keep: false, log: () => {} });
  for (const { zooCase } of jobs) {
    const recording = readRecording(zooCase, SEED, root);
    if (recording) recordings.set(zooCase.id, recording);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function judged(id: string): Judged {
  const recording = recordings.get(id) as Recording;
  return { recording, findings: recording.printed };
}

describe.each([...FAULTY, ...HEALTHY])("%s", (id) => {
  test("ends in order, with nothing on stdout but findings and the summary", () => {
    const { recording } = judged(id);
    expect(endedInOrder(recording) || recording.summary?.status === "diverged").toBe(true);
    expect(recording.foreignLines).toBe(0);
  });

  test("says live what a replay says", () => {
    const { recording } = judged(id);
    const brief = (all: Judged["findings"]) =>
      all.map(({ symptom, severity, state, firstStep }) => [symptom, severity, state, firstStep]);
    expect(brief(findingsOf(readEvents(recording).events))).toEqual(brief(recording.printed));
  });

  test("is judged by the detectors one by one as by all together", () => {
    const replay = readEvents(judged(id).recording);
    expect(judgedApart(separate(replay), []).findings).toEqual(findingsOf(replay.events));
  });
});

test.each(FAULTY)(
  "%s fails to train, is found, and its cause is among the first three",
  async (id) => {
    expect(await trainedWell(judged(id).recording)).not.toBe(true);
    expect(isDetected(judged(id))).toBe(true);
    const place = causePlace(judged(id)) as number;
    expect([0, 1, 2]).toContain(place);
  },
);

test.each(HEALTHY)("%s trains well and is left in peace", async (id) => {
  expect(await trainedWell(judged(id).recording)).toBe(true);
  expect(falseAlarms(judged(id))).toEqual([]);
});
