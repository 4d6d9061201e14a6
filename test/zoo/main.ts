/** The command `npm run zoo`: without options it trains, scores, cross-validates and writes `results.md`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadCases, ZOO, type ZooCase } from "./cases.ts";
import { crossValidate } from "./crossValidation.ts";
import { trainedWell } from "./outcome.ts";
import { judgePeers } from "./peers/judge.ts";
import { RECORDINGS, type Recording, readRecording } from "./recording.ts";
import { findingsOf, readEvents } from "./replay.ts";
import { alarmTable, details, faultyTable, measures, outcomeTable } from "./report.ts";
import { writeResults } from "./results.ts";
import type { Judged } from "./score.ts";
import { trainMissing } from "./train.ts";

const ALL_SEEDS = "1,2,3,4,5";
const HELP = `npm run zoo -- [options]
  --score          only scores what is recorded
  --case ID        only these cases; may be given several times, and as the start of an id
  --seeds 1,2      instead of 1 to 5
  --fresh          trains all again
  --keep           takes recordings that an older probe made
  --details CASE   prints every finding of a case's runs
  --own            the families that nothing is tuned on, in place of the others
  --cross          cross-validates the thresholds by family, too (minutes)
Without --score, --own, --case and --seeds the tables go to test/zoo/results.md, with the cross-validation.
`;

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      score: { type: "boolean", default: false },
      case: { type: "string", multiple: true, default: [] },
      seeds: { type: "string", default: ALL_SEEDS },
      fresh: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      details: { type: "string" },
      own: { type: "boolean", default: false },
      cross: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const wanted = values.details ? [values.details] : values.case;
  const cases = casesNamed(wanted, values.own);
  if (cases.length === 0) {
    console.error(`There is no case "${wanted.join('", "')}".`);
    return 2;
  }
  const seeds = values.seeds.split(",").map(Number);
  const jobs = cases.flatMap((zooCase) => seeds.map((seed) => ({ zooCase, seed })));
  const kept =
    values.score || values.details
      ? 0
      : await trainMissing(jobs, { ...values, root: RECORDINGS, log: console.error });
  const recordings = jobs.flatMap(
    ({ zooCase, seed }) => readRecording(zooCase, seed, RECORDINGS) ?? [],
  );
  const missing = jobs.length - recordings.length;
  if (missing > 0) console.error(`${missing} of ${jobs.length} runs are not recorded yet.`);
  if (recordings.length === 0) return 1;

  const replays = recordings.map(readEvents);
  const runs: Judged[] = replays.map(({ recording, events }) => ({
    recording,
    findings: findingsOf(events),
  }));
  if (values.details) {
    console.log(details(runs));
    return 0;
  }
  const well = new Map<Recording, boolean | undefined>();
  for (const recording of recordings) well.set(recording, await trainedWell(recording));
  const whole =
    !values.score &&
    !values.own &&
    jobs.length === loadCases().length * ALL_SEEDS.split(",").length;
  const sections = [
    ["Measures", measures(runs)],
    ["Beside other systems' rules, on the same telemetry", judgePeers(replays, runs)],
    ["Faulty cases", faultyTable(runs)],
    ["Healthy twins", alarmTable(runs, "healthy")],
    ["Healthy but hard", alarmTable(runs, "hard")],
    ["Outcomes", outcomeTable(runs, well)],
    ...(values.cross || whole ? [["Cross-validation by family", crossValidate(replays)]] : []),
  ] as [string, string][];
  for (const [title, text] of sections) console.log(`\n## ${title}\n${text}`);
  if (whole) writeFileSync(join(ZOO, "results.md"), writeResults(sections, values.seeds, kept));
  return 0;
}

/** Those of these ids; where an id is none, those that begin so. None named: all. */
function casesNamed(wanted: readonly string[], own: boolean): ZooCase[] {
  const all = loadCases(own);
  if (wanted.length === 0) return all;
  const exact = all.filter(({ id }) => wanted.includes(id));
  if (exact.length > 0) return exact;
  return all.filter(({ id }) => wanted.some((start) => id.startsWith(start)));
}
