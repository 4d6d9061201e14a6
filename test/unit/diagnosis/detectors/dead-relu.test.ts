import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
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
        [0, 0.05, null],
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

  it("S4-24: says that units were silent from the start, and offers leaky ReLU", () => {
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

  it("S1-07: reports exactly 20 of 64 as below the threshold, and 32 of 64 as at it", () => {
    expect(dead(Array.from({ length: 4 }, () => [20 / 64, 0, null]))).toBeUndefined();
    expect(dead(Array.from({ length: 4 }, () => [32 / 64, 0, null]))).toBeDefined();
  });

  it("S1-07: notes growth by more than ten points since step 0, and none by less", () => {
    const grown = (share: number) =>
      dead([
        [0.1, 0, null],
        [share, 0, null],
        [share, 0, null],
      ]);
    expect(grown(20 / 64)?.severity).toBe("info");
    expect(grown(20 / 64)?.evidence[0]?.value).toBe(0.3125);
    expect(grown(0.19)).toBeUndefined();
  });

  it("S1-08: says nothing of 13 of 64 units that are silent at any scale of the weights", () => {
    expect(dead(Array.from({ length: 9 }, () => [13 / 64, 13 / 64, null]))).toBeUndefined();
  });

  it("needs one epoch only where a whole layer is silent on all examples", () => {
    expect(
      dead(
        [
          [0, 0, null],
          [0, 1, null],
        ],
        stuck,
      )?.severity,
    ).toBe("error");
  });

  it("only notes units that the initialisation silenced while the network learns", () => {
    const sparse = Array.from({ length: 5 }, () => [0.8, 0, null]);
    const events = [
      runEvent(),
      ...sparse.map((column, i) => epochEvent(i, learning, null, column)),
    ];
    expect(aloneOf("dead-relu", events)?.severity).toBe("info");
  });
});
