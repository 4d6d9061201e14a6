/** Our row beside the other systems': any alert of theirs counts as a detection, of ours only one that names it. */
import { share, table, tally } from "../figures.ts";
import type { Replay } from "../replay.ts";
import { falseAlarms, isDetected, type Judged } from "../score.ts";
import { PEERS } from "./index.ts";
import { type Peer, Telemetry } from "./peer.ts";

export function judgePeers(replays: readonly Replay[], ours: readonly Judged[]): string {
  const runs = replays.map(({ recording, events }) => ({
    set: recording.zooCase.set,
    telemetry: new Telemetry(events),
  }));
  const row = (peer: Peer) => {
    const alerts = runs.map(({ set, telemetry }) => ({ set, rules: alertsOf(peer, telemetry) }));
    const of = (set: string) => alerts.filter((run) => run.set === set);
    const alarmed = (set: string) => of(set).filter(({ rules }) => rules.length > 0);
    const part = (set: string) => share(alarmed(set).length, of(set).length);
    const causes = tally([...alarmed("healthy"), ...alarmed("hard")].flatMap(({ rules }) => rules));
    return [peer.name, part("faulty"), part("healthy"), part("hard"), causes];
  };
  const own = (set: string, counts: (judged: Judged) => boolean) => {
    const all = ours.filter(({ recording }) => recording.zooCase.set === set);
    return share(all.filter(counts).length, all.length);
  };
  const alarmed = (judged: Judged) => falseAlarms(judged).length > 0;
  const quiet = ours.filter(({ recording }) => recording.zooCase.set !== "faulty");
  const rows = [
    [
      "**Training Vitals**, the symptom named",
      own("faulty", isDetected),
      own("healthy", alarmed),
      own("hard", alarmed),
      tally(quiet.flatMap(falseAlarms)),
    ],
    ...PEERS.map(row),
  ];
  const header = ["rules", "recall", "false alarms, twins", "false alarms, hard", "of these runs"];
  // Variants of a system lack the same.
  const systems = PEERS.filter(
    ({ source, leftOut }, i) =>
      leftOut.length > 0 && PEERS.findIndex((peer) => peer.source === source) === i,
  );
  const missing = systems.map(
    ({ name, leftOut, source }) => `- ${name} (${source}): ${leftOut.join("; ")}`,
  );
  return `${table(header, rows)}\n\nLeft out, for want of the figures:\n${missing.join("\n")}`;
}

export function alertsOf(peer: Peer, telemetry: Telemetry): string[] {
  return Object.entries(peer.rules).flatMap(([name, rule]) => (rule(telemetry) ? [name] : []));
}
