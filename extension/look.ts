/** What the views need to know of a run; a `RunSession` is one. */
import type { Finding } from "../diagnosis/finding.ts";
import type { RunSession } from "../runs/session.ts";

export type RunLook = Pick<
  RunSession,
  "id" | "run" | "step" | "epoch" | "end" | "best" | "error" | "status" | "findings"
>;

/** Whether the trainer still works on it, or waits to go on. */
export function isLive(look: Pick<RunLook, "status">): boolean {
  return look.status === "running" || look.status === "paused";
}

/** The run that is meant when none is named: the newest that is live, else the newest. */
export function currentRun<T extends Pick<RunLook, "status">>(
  newestFirst: readonly T[],
): T | undefined {
  return newestFirst.find(isLive) ?? newestFirst[0];
}

/** The run's name, or its id until the trainer has said its name. */
export function nameOf(look: Pick<RunLook, "id" | "run">): string {
  return look.run?.name ?? look.id;
}

/** When it began, ISO 8601; from the id until the trainer has said so. */
export function startedOf(look: Pick<RunLook, "id" | "run">): string {
  if (look.run) return look.run.started;
  const stamp = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(look.id);
  if (!stamp) return "";
  const [, year, month, day, hour, minute, second] = stamp;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}

/** Steps made so far. */
export function stepOf(look: Pick<RunLook, "step" | "epoch">): number {
  return look.step?.step ?? look.epoch?.step ?? 0;
}

/** The finding to act on first: findings are ordered so already, open ones before resolved ones. */
export function worstOf(look: Pick<RunLook, "findings">): Finding | undefined {
  const [first] = look.findings;
  return first?.state === "open" && first.severity !== "info" ? first : undefined;
}
