/** What a remedy is: an idea that treats a symptom, with the number that this run's evidence asks for. */
import type { Observation } from "./detector.ts";
import type { RemedyOffer } from "./finding.ts";
import type { History } from "./history.ts";

/** Verb first, as a code action is called, with its number and the reason for the number. */
export type Proposal = Pick<RemedyOffer, "title" | "value" | "layers"> & {
  /** This run's evidence points at this remedy before all others of the symptom. */
  pointedAt?: boolean;
};

export interface Remedy {
  readonly id: string;
  /** Undefined where it would change nothing in this run. */
  propose(observation: Observation, history: History): Proposal | undefined;
}
