/**
 * Feeds a run's events to the detectors, each event once, in O(layers) a step. The same events give the
 * same findings, in one go or one by one.
 */
import type { TelemetryEvent } from "../telemetry/events.ts";
import { explain } from "./causes.ts";
import type { Detector, Judge, Observation, Occasion } from "./detector.ts";
import { DETECTORS } from "./detectors/index.ts";
import type { Finding, Summary, Symptom } from "./finding.ts";
import { History } from "./history.ts";
import { type DiagnosisOptions, limitsOf } from "./options.ts";
import { offerRemedies } from "./remedies/offer.ts";

interface Active {
  detector: Detector;
  judge: Judge;
}

export class Engine {
  readonly #history = new History();
  readonly #detectors: readonly Detector[];
  readonly #listeners = new Map<Occasion["kind"], Active[]>();
  /** One finding a symptom at most. */
  readonly #findings = new Map<Symptom, Finding>();

  constructor(options: DiagnosisOptions = {}) {
    const silenced = new Set(options.silenced);
    this.#detectors = DETECTORS.filter(({ symptom }) => !silenced.has(symptom));
    for (const detector of this.#detectors) {
      const active = { detector, judge: detector.create(limitsOf(detector, options)) };
      for (const kind of detector.on) {
        const others = this.#listeners.get(kind);
        if (others) others.push(active);
        else this.#listeners.set(kind, [active]);
      }
    }
  }

  /** In the order in which a person should act; `causes.ts`. */
  get findings(): Finding[] {
    return explain([...this.#findings.values()]);
  }

  /** Which symptoms this run tells enough to be judged by so far, and what the others miss. */
  get coverage(): Pick<Summary, "checked" | "unchecked"> {
    const judged = this.#detectors.map(({ symptom, needs }) => ({
      symptom,
      missing: needs.filter((need) => !this.#history.has(need)),
    }));
    return {
      checked: judged.flatMap(({ symptom, missing }) => (missing.length === 0 ? [symptom] : [])),
      unchecked: judged.filter(({ missing }) => missing.length > 0),
    };
  }

  push(event: TelemetryEvent): void {
    this.#history.push(event);
    if (!this.#history.run) return;
    const { window } = this.#history;
    if (window) this.#dispatch(window);
    this.#dispatch(event);
  }

  #dispatch(occasion: Occasion): void {
    for (const { detector, judge } of this.#listeners.get(occasion.kind) ?? []) {
      const judged = judge(occasion, this.#history);
      if (judged && detector.needs.every((need) => this.#history.has(need))) {
        this.#open(detector, judged);
      } else if (judged === null) {
        const known = this.#findings.get(detector.symptom);
        if (known) known.state = "resolved";
      }
    }
  }

  #open(detector: Detector, judged: Observation): void {
    const { symptom, lesson, remedies, wants = [] } = detector;
    const known = this.#findings.get(symptom);
    const { anchor, ...observed } = judged;
    this.#findings.set(symptom, {
      kind: "finding",
      symptom,
      state: "open",
      ...observed,
      detectedStep: known?.detectedStep ?? this.#history.lastStep?.step ?? 0,
      firstStep: Math.min(known?.firstStep ?? judged.firstStep, judged.firstStep),
      anchor,
      cause: null,
      consequences: [],
      notChecked: wants.filter((want) => !this.#history.has(want)),
      remedies: offerRemedies(remedies, judged, this.#history),
      lesson,
    });
  }
}
