/** Every learning-rate schedule a recipe can name, by its `type`. A new schedule: one file and one line here. */
import Type from "typebox";
import * as constant from "./constant.ts";
import * as cosine from "./cosine.ts";
import * as exponential from "./exponential.ts";
import * as reduceOnPlateau from "./reduceOnPlateau.ts";
import type { Moment, Rate } from "./schedule.ts";
import * as step from "./step.ts";
import * as warmupCosine from "./warmupCosine.ts";

export const SCHEDULES = { constant, step, exponential, cosine, warmupCosine, reduceOnPlateau };

export type Schedule = {
  [T in keyof typeof SCHEDULES]: Type.Static<(typeof SCHEDULES)[T]["schema"]>;
}[keyof typeof SCHEDULES];

export const Schedule = Type.Unsafe<Schedule>(
  Type.Union(
    Object.values(SCHEDULES).map(({ schema }) => schema),
    { description: "How the learning rate changes during the run." },
  ),
);

/** The learning rate of an update. @param base the optimizer's; the rate without a schedule */
export function learningRateAt(schedule: Schedule | undefined, base: number, at: Moment): number {
  if (!schedule) return base;
  return (SCHEDULES[schedule.type].rate as Rate<Schedule>)(schedule, base, at);
}
