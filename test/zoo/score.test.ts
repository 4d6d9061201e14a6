import { describe, expect, test } from "vitest";
import type { Finding, Summary } from "../../diagnosis/finding.ts";
import type { ZooCase } from "./cases.ts";
import { loadCases } from "./cases.ts";
import type { Recording } from "./recording.ts";
import { causePlace, detections, falseAlarms, isDetected, latencyOf, scoreOf } from "./score.ts";

function run(
  zooCase: Partial<ZooCase>,
  findings: Partial<Finding>[],
  recording: Partial<Recording> = {},
) {
  return {
    recording: {
      zooCase: { set: "faulty", must: [], cause: null, tolerated: [], ...zooCase },
      code: 1,
      timedOut: false,
      summary: { steps: 200 } as Summary,
      ...recording,
    } as Recording,
    findings: findings as Finding[],
  };
}
const said = (symptom: string, severity: string, firstStep = 10, state = "open") =>
  ({ symptom, severity, firstStep, state }) as Partial<Finding>;

describe("the zoo's rules", () => {
  const must = ["at-chance", "plateau"];

  test("a resolved warning counts, an info does not", () => {
    expect(isDetected(run({ must }, [said("plateau", "warning", 5, "resolved")]))).toBe(true);
    expect(isDetected(run({ must }, [said("plateau", "info")]))).toBe(false);
  });

  test("a symptom that the case does not accept is no detection", () => {
    const found = detections(run({ must }, [said("dead-relu", "error"), said("plateau", "error")]));
    expect(found.map(({ symptom }) => symptom)).toEqual(["plateau"]);
  });

  test("latency is that of the earliest finding that counts", () => {
    const findings = [said("plateau", "error", 40), said("at-chance", "warning", 20)];
    expect(latencyOf(run({ must }, [...findings, said("at-chance", "info", 1)]))).toEqual({
      step: 20,
      share: 0.1,
    });
  });

  test("the cause's place is among distinct symptoms that count", () => {
    const findings = [
      said("batch-size", "info"),
      said("plateau", "error"),
      said("plateau", "error"),
    ];
    const all = [...findings, said("at-chance", "error")];
    expect(causePlace(run({ cause: "at-chance" }, all))).toBe(1);
    expect(causePlace(run({ cause: "batch-size" }, all))).toBe(-1);
    expect(causePlace(run({ cause: null }, all))).toBeNull();
  });

  test("what a healthy case tolerates is no false alarm; a crash, a time-out and a missing summary are", () => {
    const healthy: Partial<ZooCase> = { set: "healthy", tolerated: ["overfitting-gap"] };
    expect(falseAlarms(run(healthy, [said("overfitting-gap", "warning")]))).toEqual([]);
    expect(falseAlarms(run(healthy, [said("plateau", "warning")]))).toEqual(["plateau"]);
    expect(falseAlarms(run(healthy, [], { code: 3 }))).toHaveLength(1);
    expect(falseAlarms(run(healthy, [], { timedOut: true }))).toHaveLength(1);
    expect(falseAlarms(run(healthy, [], { summary: undefined }))).toHaveLength(1);
  });

  test("all together", () => {
    const runs = [
      run({ must, cause: "plateau" }, [said("at-chance", "error"), said("plateau", "error")]),
      run({ must, cause: "plateau" }, []),
      run({ must, cause: null }, [said("plateau", "error")]),
      run({ set: "healthy" }, [said("plateau", "warning")]),
      run({ set: "healthy" }, []),
    ];
    expect(scoreOf(runs)).toEqual({
      faulty: 3,
      healthy: 2,
      detected: 2,
      alarmed: 1,
      withCause: 2,
      first: 0,
      firstThree: 1,
    });
  });
});

test("the cases: 52 faulty, 40 healthy, and at least 25 of our own that are hard", () => {
  const all = loadCases();
  const count = (set: string) => all.filter((zooCase) => zooCase.set === set).length;
  expect([count("faulty"), count("healthy")]).toEqual([52, 40]);
  expect(count("hard")).toBeGreaterThanOrEqual(25);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});
