/**
 * Feeds a run's events to the detectors, each event once, in O(layers) a step. The same events give the
 * same findings, in one go or one by one.
 */
import type { TelemetryEvent } from "../telemetry/events.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors/index.ts";
import { type Finding, SEVERITIES, type Symptom } from "./finding.ts";
import { History } from "./history.ts";
import { offerRemedies } from "./remedies/index.ts";

export class Engine {
  readonly #history = new History();
  readonly #detectors: Detector[] = DETECTORS.map((create) => create());
  /** One finding a symptom at most, in the order of first detection. */
  readonly #findings = new Map<Symptom, Finding>();

  /** Most severe first, open before resolved, then in the order of the detectors: causes before consequences. */
  get findings(): Finding[] {
    const order = this.#detectors.map((detector) => detector.symptom);
    const rank = (finding: Finding) =>
      (finding.state === "open" ? 0 : 100) +
      SEVERITIES.indexOf(finding.severity) * 20 +
      order.indexOf(finding.symptom);
    return [...this.#findings.values()].sort((a, b) => rank(a) - rank(b));
  }

  push(event: TelemetryEvent): void {
    this.#history.push(event);
    if (!this.#history.run) return;
    for (const detector of this.#detectors) {
      const judged = detector.judge(event, this.#history);
      if (judged === undefined) continue;
      const known = this.#findings.get(detector.symptom);
      if (judged === null) {
        if (known) known.state = "resolved";
        continue;
      }
      const { anchor, ...observed } = judged;
      this.#findings.set(detector.symptom, {
        kind: "finding",
        symptom: detector.symptom,
        state: "open",
        ...observed,
        detectedStep: known?.detectedStep ?? this.#history.lastStep?.step ?? 0,
        firstStep: Math.min(known?.firstStep ?? judged.firstStep, judged.firstStep),
        anchor,
        remedies: offerRemedies(detector.symptom, judged, this.#history),
        lesson: detector.lesson,
      });
    }
  }
}
