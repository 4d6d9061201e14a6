import { beforeAll, describe, expect, it } from "vitest";
import type { Network } from "../../../trainer/model/network.ts";
import { BACKENDS, networkOf, outputsOf, readOut, START } from "./network.ts";

const WIDTH = 8;
const oneToEight = (rows: number) =>
  Float32Array.from({ length: rows * WIDTH }, (_, i) => (i % WIDTH) + 1);

function dropper(rate: number): Promise<Network> {
  return networkOf(readOut([{ type: "dropout", rate, name: "it" }]), [WIDTH]);
}

describe.each(BACKENDS)("dropout on %s", (backend) => {
  beforeAll(() => START[backend]());

  it("S1-23: drops at its rate and scales the rest up by 1 / (1 − rate)", async () => {
    const x = oneToEight(5000);
    const output = outputsOf(await dropper(0.2), x, 5000).get("it")!;
    const kept = output.filter((value) => value !== 0).length;
    // Five deviations of a binomial.
    expect(Math.abs(kept / x.length - 0.8)).toBeLessThan(0.01);
    output.forEach((value, i) => {
      if (value !== 0) expect(value / x[i]!).toBeCloseTo(1.25, 6);
    });
  });

  it("S1-23: is the identity at rate 0, and outside training", async () => {
    const x = oneToEight(4);
    expect(outputsOf(await dropper(0), x, 4).get("it")).toEqual(x);
    expect(outputsOf(await dropper(0.5), x, 4, false).get("it")).toEqual(x);
  });

  it("S0-24: keeps the expectation: the mean of many masks of 1 to 8 is 4.5", async () => {
    const output = outputsOf(await dropper(0.5), oneToEight(12_500), 12_500).get("it")!;
    // Deviation of the mean: 5.05 / √100000 = 0.016.
    expect(Math.abs(output.reduce((a, b) => a + b) / output.length - 4.5)).toBeLessThan(0.065);
  });

  it("drops others each time", async () => {
    const network = await dropper(0.5);
    const once = () => outputsOf(network, oneToEight(10), 10).get("it");
    expect(once()).not.toEqual(once());
  });
});
