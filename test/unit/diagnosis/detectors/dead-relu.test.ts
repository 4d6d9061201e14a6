import { describe, expect, it } from "vitest";
import { findingOf } from "../../../helpers/diagnose.ts";
import { epochEvent, runEvent, stepsOf } from "../../../helpers/events.ts";

const learning = { loss: 0.5, accuracy: 0.8 };
const stuck = { loss: 2.2, accuracy: 0.15 };
const epochs = (silent: (number | null)[][], train = learning) =>
  silent.map((column, epoch) => epochEvent(epoch, train, train, column));
const dead = (silent: (number | null)[][], train = learning) =>
  findingOf("dead-relu", [runEvent(), ...epochs(silent, train)]);

describe("dead-relu", () => {
  it("says nothing of a healthy He net with a quarter of its units silent (17 of 64)", () => {
    const share = 17 / 64;
    expect(dead(Array.from({ length: 20 }, () => [share, share, null]))).toBeUndefined();
  });

  it("fires when half of a layer stays silent for two epochs, and names the layer", () => {
    const finding = dead([
      [0.05, 0.05, null],
      [0.05, 0.6, null],
      [0.05, 0.62, null],
    ]);
    expect(finding).toMatchObject({
      severity: "warning",
      state: "open",
      layers: ["hidden_2"],
      firstStep: 64,
    });
    expect(finding?.message).toMatch(/62 % of the ReLU units of hidden_2 are dead/);
    expect(finding?.anchor?.line).toBe(11);
  });

  it("does not fire for one epoch, as at a hard batch order", () => {
    expect(
      dead([
        [0, 0, null],
        [0, 0.9, null],
        [0, 0.2, null],
      ]),
    ).toBeUndefined();
  });

  it("is an error where the model has not learned, or the layer is cut off", () => {
    expect(
      dead(
        [
          [0, 0.1, null],
          [0, 0.6, null],
          [0, 0.6, null],
        ],
        stuck,
      )?.severity,
    ).toBe("error");
    expect(
      dead([
        [0, 0.1, null],
        [0, 1, null],
        [0, 1, null],
      ])?.severity,
    ).toBe("error");
  });

  it("blames the learning rate where the first updates were huge", () => {
    const events = [
      runEvent({ optimizer: { name: "adam", learningRate: 0.1, settings: {} } }),
      epochEvent(0, stuck, stuck, [0.1, 0.1, null]),
      ...stepsOf(1, { learningRate: 0.1, layers: { updateRatio: [0.5, 0.4, 0.3] } } as object),
      epochEvent(1, stuck, stuck, [0.7, 0.8, null]),
      epochEvent(2, stuck, stuck, [0.7, 0.8, null]),
    ];
    const finding = findingOf("dead-relu", events);
    expect(finding?.anchor?.line).toBe(20);
    expect(finding?.message).toContain("learning rate 0.1");
    expect(finding?.remedies[0]).toMatchObject({
      id: "lower-learning-rate",
      preferred: true,
      value: 0.002,
    });
    expect(finding?.remedies.filter(({ preferred }) => preferred)).toHaveLength(1);
  });

  it("is a note only where the model does well without the units", () => {
    const thriving = { loss: 0.01, accuracy: 1 };
    expect(
      dead(
        [
          [0, 0.1, null],
          [0, 0.6, null],
          [0, 0.6, null],
        ],
        thriving,
      )?.severity,
    ).toBe("info");
  });

  it("says that units were silent from the start", () => {
    const finding = dead([
      [0.9, 0, null],
      [0.9, 0, null],
      [0.9, 0, null],
    ]);
    expect(finding?.message).toContain("from the start");
    // No learning rate brings them back.
    expect(finding?.remedies[0]).toMatchObject({ id: "leaky-relu", preferred: true });
  });

  it("resolves itself when the units come back", () => {
    const finding = dead([
      [0, 0, null],
      [0, 0.6, null],
      [0, 0.6, null],
      [0, 0.1, null],
    ]);
    expect(finding?.state).toBe("resolved");
  });

  it("reports exactly 20 of 64 as below the threshold, and 32 of 64 as at it", () => {
    expect(dead(Array.from({ length: 4 }, () => [20 / 64, 0, null]))).toBeUndefined();
    expect(dead(Array.from({ length: 4 }, () => [32 / 64, 0, null]))).toBeDefined();
  });
});
