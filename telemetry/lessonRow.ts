/** A line of `vitals lessons --json`: one figure of a lesson beside ours. */
export interface LessonRow {
  lesson: string;
  line: number;
  what: string;
  figure: string;
  /** Where the lesson's figure stands: printed in it, or given by its code when that is run. */
  source: "text" | "code";
  ours: string;
  /** `disagree`: ours is neither the lesson's figure nor what is known to be right in its place. */
  verdict: "agree" | "lesson wrong" | "disagree";
  reason: string | null;
}
