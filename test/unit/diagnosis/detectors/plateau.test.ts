import { describe, expect, it } from "vitest";
import { dataEvent, quantities } from "../../../helpers/dataEvents.ts";
import { findingOf } from "../../../helpers/diagnose.ts";
import { troubleIn, wholeRun } from "../../../helpers/wholeRun.ts";

describe("plateau", () => {
  it("stands still with most of it left to learn", () => {
    const finding = findingOf(
      "plateau",
      wholeRun((step) => Math.max(2, 2.3 - step * 0.006)),
    );
    expect(finding).toMatchObject({ severity: "warning" });
  });

  it("S2-08, S4-02: gradient descent from (1, 0) stalls at the saddle of x² − y²", () => {
    // (1 + x² − y²)² has the saddle's loss of 1 where knowing nothing leaves 1, and its minimum 0 at y = 1.
    const [rate, losses] = [0.02, [] as number[]];
    for (let x = 1; losses.length < 200; x -= rate * 4 * (1 + x * x) * x)
      losses.push((1 + x * x) ** 2);
    const targets = quantities({ variance: 1 });
    const optimizer = { name: "sgd", learningRate: rate, settings: {} };
    const run = { classes: null, loss: "meanSquaredError", optimizer };
    const events = wholeRun((step) => losses[step - 1] ?? Number.NaN, run);
    const [first, ...rest] = events;
    const finding = findingOf("plateau", [first!, dataEvent({ labels: [], targets }), ...rest]);
    expect(finding?.evidence[0]?.value).toBeCloseTo(1, 5);
    expect(finding?.remedies.map(({ id }) => id)).toContain("momentum");
  });

  it("S2-34, S3-13: offers a higher rate, and schedules, one of which waits for the plateau", () => {
    const still = (run: Parameters<typeof wholeRun>[1]) =>
      findingOf(
        "plateau",
        wholeRun(() => 2.1, { epochs: 20, ...run }),
      )?.remedies.map(({ id }) => id);
    const all = ["raise-learning-rate", "warmup-cosine", "reduce-on-plateau"];
    expect(still({})).toEqual(expect.arrayContaining(all));
    const schedule = { type: "reduceOnPlateau", planned: [] };
    expect(still({ schedule })).not.toContain("reduce-on-plateau");
    expect(still({ examples: { train: 1000, validation: 0, test: 0 } })).not.toContain(
      "reduce-on-plateau",
    );
  });

  it("is silent over a converged run, and over one at the noise of a hard task", () => {
    expect(troubleIn(wholeRun((step) => 0.01 + 2 * Math.exp(-step / 20)))).toEqual([]);
    expect(
      troubleIn(
        wholeRun((step) => 0.4 + 0.3 * Math.exp(-step / 20), {
          classes: 2,
          loss: "binaryCrossentropy",
        }),
      ),
    ).toEqual([]);
  });
});
