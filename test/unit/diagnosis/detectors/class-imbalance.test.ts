import { describe, expect, it } from "vitest";
import { classTargets, dataEvent } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent } from "../../../helpers/events.ts";

const labels = (...counts: number[]) => counts.map((count, i) => ({ label: `c${i}`, count }));
const run = runEvent({ classes: 2, epochs: 10 });
const trained = (counts: number[], epochs: { loss: number; accuracy: number }[]) =>
  findingOf("class-imbalance", [
    run,
    dataEvent({ labels: labels(...counts) }),
    ...epochs.map((train, i) => epochEvent(i + 1, train, null)),
  ]);

describe("class-imbalance", () => {
  it("notes more than 10 to 1, and not 10 to 1", () => {
    expect(trained([1001, 100], [])).toMatchObject({ severity: "info", firstStep: 0 });
    expect(trained([1000, 100], [])).toBeUndefined();
  });

  it("notes a class without examples", () => {
    expect(trained([500, 500, 0], [])?.message).toContain("no example is c2");
  });

  // Of 950 to 50 the entropy is 0.1985: knowing nothing.
  const ignoring = { loss: 0.198, accuracy: 0.95 };
  const knowing = { loss: 0.05, accuracy: 0.985 };

  it("warns where the rare class is ignored for three epochs", () => {
    expect(trained([950, 50], [ignoring, ignoring])?.severity).toBe("info");
    const finding = trained([950, 50], [ignoring, ignoring, ignoring]);
    expect(finding?.severity).toBe("warning");
    expect(finding?.message).toContain("95 %");
  });

  it("stays a note where the rare class is learned, be it late", () => {
    expect(trained([950, 50], [ignoring, ignoring, knowing, knowing])?.severity).toBe("info");
  });

  it("counts a label against the rows without it where labels go together", () => {
    const found = (count: number) =>
      findingOf("class-imbalance", [
        runEvent(),
        dataEvent({ labels: labels(400, count), targets: classTargets(2, { kind: "labels" }) }),
      ]);
    // 1,000 rows: 90 to 910 is 10.1, 100 to 900 is 9.
    expect(found(90)).toBeDefined();
    expect(found(100)).toBeUndefined();
  });
});
