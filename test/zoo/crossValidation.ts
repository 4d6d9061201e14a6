/**
 * How much the declared thresholds fit these cases only: the families are halved by a hash of their names, every
 * threshold is moved by the factor that scores best on one half, one after the other, and the other half is scored.
 */
import { createHash } from "node:crypto";
import { explain } from "../../diagnosis/causes.ts";
import type { Detector } from "../../diagnosis/detector.ts";
import { DETECTORS } from "../../diagnosis/detectors/index.ts";
import type { Finding, Symptom } from "../../diagnosis/finding.ts";
import { share, table } from "./figures.ts";
import { findingsOf, type Replay } from "./replay.ts";
import { type Judged, type Score, scoreOf } from "./score.ts";

const FACTORS = [0.5, 0.71, 1.41, 2];
/** A false alarm costs as much as five misses, a cause that is not first a fifth of one. */
const worth = ({ faulty, healthy, detected, alarmed, withCause, first }: Score) =>
  detected / Math.max(1, faulty) -
  (5 * alarmed) / Math.max(1, healthy) +
  (0.2 * first) / Math.max(1, withCause);

/** What each detector says by itself: causes and consequences are found afterwards. */
type Unexplained = Map<Symptom, Finding | undefined>;

interface Run {
  replay: Replay;
  said: Unexplained;
}

interface Move {
  symptom: Symptom;
  name: string;
  factor: number;
}

export function crossValidate(replays: readonly Replay[]): string {
  const runs = replays.map(separate);
  const half = (which: number) =>
    runs.filter(({ replay }) => halfOf(replay.recording.zooCase.family) === which);
  const rows = [0, 1].flatMap((which) => {
    const [tuned, held] = [half(which), half(1 - which)];
    const moves = tune(tuned);
    const row = (name: string, own: readonly Run[], moved: readonly Move[]) => {
      const score = scoreOf(own.map((run) => judged(run, moved)));
      return [
        name,
        share(score.detected, score.faulty),
        share(score.alarmed, score.healthy),
        share(score.first, score.withCause),
      ];
    };
    const names = which === 0 ? ["A", "B"] : ["B", "A"];
    const told = moves.map(({ symptom, name, factor }) => `${symptom}.${name} × ${factor}`);
    return [
      [...row(`half ${names[0]}, thresholds as declared`, tuned, []), ""],
      [...row(`half ${names[0]}, chosen on it`, tuned, moves), told.join(", ") || "none moved"],
      [...row(`half ${names[1]}, as declared`, held, []), ""],
      [...row(`half ${names[1]}, chosen on half ${names[0]}`, held, moves), ""],
    ];
  });
  return table(["", "recall", "false alarms", "cause first", "thresholds moved"], rows);
}

/** Every detector by itself; put together again they must say what the whole engine says. */
export function separate(replay: Replay): Run {
  const said: Unexplained = new Map();
  for (const detector of DETECTORS) said.set(detector.symptom, alone(detector, replay, {}));
  return { replay, said };
}

function halfOf(family: string): number {
  return (createHash("sha256").update(family).digest()[0] as number) & 1;
}

/** One pass over all thresholds; a factor must score better, not as well, to be taken. */
function tune(runs: readonly Run[]): Move[] {
  const moves: Move[] = [];
  let current = runs.map((run): Run => ({ ...run, said: new Map(run.said) }));
  let best = worth(scoreOf(current.map((run) => judged(run, []))));
  for (const detector of DETECTORS) {
    for (const name of Object.keys(detector.thresholds)) {
      const moved = moves.filter(({ symptom }) => symptom === detector.symptom);
      const candidates = FACTORS.map((factor) => {
        const all = [...moved, { symptom: detector.symptom, name, factor }];
        const said = current.map(({ replay, said }): Run => {
          const finding = alone(detector, replay, limits(detector, all));
          return { replay, said: new Map(said).set(detector.symptom, finding) };
        });
        return { factor, said, score: worth(scoreOf(said.map((run) => judged(run, [])))) };
      });
      const [top] = candidates.sort((a, b) => b.score - a.score);
      if (!top || top.score <= best + 1e-9) continue;
      best = top.score;
      current = top.said;
      moves.push({ symptom: detector.symptom, name, factor: top.factor });
    }
  }
  return moves;
}

export function judged({ replay, said }: Run, moves: readonly Move[]): Judged {
  const all = new Map(said);
  for (const detector of DETECTORS) {
    const own = moves.filter(({ symptom }) => symptom === detector.symptom);
    if (own.length > 0) all.set(detector.symptom, alone(detector, replay, limits(detector, own)));
  }
  const findings = [...all.values()].filter((finding) => finding !== undefined);
  return { recording: replay.recording, findings: explain(findings) };
}

function limits({ thresholds }: Detector, moves: readonly Move[]): Record<string, number> {
  return Object.fromEntries(
    moves.map(({ name, factor }) => [name, (thresholds[name]?.value ?? Number.NaN) * factor]),
  );
}

/** What one detector says of a run with these numbers in place of the declared ones. */
function alone(
  { symptom }: Detector,
  { events }: Replay,
  thresholds: Record<string, number>,
): Finding | undefined {
  const others = DETECTORS.map((detector) => detector.symptom).filter((name) => name !== symptom);
  const [finding] = findingsOf(events, {
    silenced: others,
    thresholds: { [symptom]: thresholds },
  });
  return finding;
}
