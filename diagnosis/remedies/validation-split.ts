/** Rows kept apart for validation and test (lesson 000, S0-27). */
import type { Remedy } from "../remedy.ts";

/** Of the rows, for validation; as many again for the test. */
const SHARE = 0.15;
const ENOUGH = 0.1;

export const validationSplit: Remedy = {
  id: "validation-split",
  propose(_observation, { run, epochs }) {
    const { train = 0, validation = 0, test = 0 } = run?.examples ?? {};
    if (validation > 0 && validation >= ENOUGH * (train + validation + test)) return undefined;
    if (validation === 0 && epochs.some((epoch) => epoch.validation)) return undefined;
    const reason = validation > 0 ? ` (${validation} are too few to judge by)` : "";
    return {
      title: `Keep ${SHARE * 100} % of the rows for validation and ${SHARE * 100} % for the test${reason}`,
      value: SHARE,
      layers: [],
    };
  },
};
