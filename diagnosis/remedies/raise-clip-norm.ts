/** A clipping norm above what the gradient usually has, so that only outliers are clipped (lesson 003, S3-20). */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { roundUp } from "./rates.ts";

/** Without a measured norm: from lesson 003's 1.0 to its 5.0. */
const STEP_UP = 5;

export const raiseClipNorm: Remedy = {
  id: "raise-clip-norm",
  propose(observation, { run }) {
    const now = run?.optimizer.settings["clipNorm"];
    if (typeof now !== "number") return undefined;
    const seen = observation.evidence.find(({ metric }) => metric === "gradientNorm")?.value;
    const value = roundUp(seen !== undefined && seen > now ? seen : now * STEP_UP);
    const reason = seen !== undefined && seen > now ? ` (${short(seen)} is usual here)` : "";
    return {
      title: `Raise the clipping norm from ${short(now)} to ${short(value)}${reason}`,
      value,
      layers: [],
    };
  },
};
