/** The cases: those of the public studies (`cases/`), healthy-but-hard ones of our own (`hard/`), and families that nothing is tuned on (`own/`). */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ZOO = join("test", "zoo");

/** What "trained well" means, on the training set. */
export interface Criterion {
  metric: "accuracy" | "mse";
  healthyFrom?: number;
  /** As a share of the variance of the training targets; of 1 where a script standardised them itself. */
  healthyBelow?: number;
}

/** `faulty` must be found; `healthy` and `hard` must stay quiet. */
export type CaseSet = "faulty" | "healthy" | "hard";

export interface ZooCase {
  set: CaseSet;
  id: string;
  family: string;
  /** Symptom ids that count as a detection; none for a healthy case. */
  must: string[];
  cause: string | null;
  decidable: "static" | "init-pass" | "runtime" | null;
  /** Symptoms that are no false alarm here. */
  tolerated: string[];
  healthyCriterion: Criterion;
  /** The fault, or what makes a healthy run hard, in words. */
  about: string;
  /** Argument of `makeData`; undefined where a script or recipe of its own says it. */
  dataset?: object;
  layers?: object[];
  train?: object;
  /** A script in `hard/scripts`, or a recipe anywhere in the repository, in place of dataset, layers and train. */
  script?: string;
  recipe?: string;
}

type Written = Partial<ZooCase> &
  Pick<ZooCase, "id" | "healthyCriterion"> & { plantedFault?: string };

/** @param own the families that nothing is tuned on, in place of the others */
export function loadCases(own = false): ZooCase[] {
  if (own) return [...read("faulty", "own/faults.json"), ...read("healthy", "own/healthy.json")];
  return [
    ...read("faulty", "cases/faults.json"),
    ...read("healthy", "cases/healthy.json"),
    ...read("hard", "hard/hard.json"),
  ];
}

function read(set: CaseSet, file: string): ZooCase[] {
  const cases = JSON.parse(readFileSync(join(ZOO, file), "utf8")) as Written[];
  return cases.map((written) => ({
    family: written.id,
    must: [],
    cause: null,
    decidable: null,
    tolerated: [],
    about: written.plantedFault ?? "the repaired program",
    ...written,
    set,
  }));
}
