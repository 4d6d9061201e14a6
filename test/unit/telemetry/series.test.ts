import { describe, expect, it } from "vitest";
import { pack, unpack } from "../../../telemetry/packed.ts";
import { Series } from "../../../telemetry/series.ts";

function filled(count: number, y: (i: number) => number): Series {
  const series = new Series();
  for (let i = 0; i < count; i++) series.push(i, y(i));
  return series;
}

describe("series", () => {
  it("gives every point where there is room for all", () => {
    const { x, y } = filled(100, (i) => i * i).stretch(0, 99, 50);
    expect([...x]).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...y]).toEqual(Array.from({ length: 100 }, (_, i) => i * i));
  });

  it("keeps a spike of one point in a million at every zoom, in two points a pixel", () => {
    const spike = 654_321;
    const series = filled(1_000_000, (i) => (i === spike ? 1000 : Math.sin(i / 1000)));
    for (const half of [500_000, 50_000, 5_000, 500, 50]) {
      const { x, y } = series.stretch(spike - half, spike + half, 300);
      expect(x.length).toBeLessThanOrEqual(2 * 300 + 4);
      const at = y.indexOf(1000);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(x[at]).toBe(spike);
    }
  });

  it("agrees with a plain scan of the points on the extremes of any stretch", () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    const values = Array.from({ length: 20_000 }, () => random() ** 3 - 0.5);
    const series = filled(values.length, (i) => values[i] as number);
    for (let trial = 0; trial < 200; trial++) {
      const [a, b] = [random(), random()].map((r) => Math.floor(r * values.length)) as [
        number,
        number,
      ];
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const { x, y } = series.stretch(from, to, 40);
      // One neighbour each side belongs to the answer.
      const seen = values.slice(Math.max(0, from - 1), to + 2);
      expect(Math.max(...y)).toBe(Math.max(...seen));
      expect(Math.min(...y)).toBe(Math.min(...seen));
      expect([...x]).toEqual([...x].sort((p, q) => p - q));
    }
  });

  it("keeps NaN and infinities as marks at their steps, and out of the extremes", () => {
    const series = filled(10_000, (i) => (i === 10 ? Number.NaN : i === 20 ? Infinity : i % 7));
    const { y, marksX, marksY } = series.stretch(0, 9_999, 100);
    expect([...marksX]).toEqual([10, 20]);
    expect([...marksY]).toEqual([Number.NaN, Infinity]);
    expect([...y].every(Number.isFinite)).toBe(true);
    expect([...series.stretch(15, 9_999, 100).marksX]).toEqual([20]);
  });

  it("survives a series of nothing but NaN", () => {
    const { x, marksX } = filled(5_000, () => Number.NaN).stretch(0, 4_999, 100);
    expect(x.length).toBe(0);
    expect(marksX.length).toBeGreaterThan(0);
    expect(marksX.length).toBeLessThanOrEqual(100);
  });

  it("reaches the edges: one neighbour each side is included", () => {
    const { x } = filled(100, (i) => i).stretch(40, 50, 100);
    expect(x[0]).toBe(39);
    expect(x[x.length - 1]).toBe(51);
  });

  it("travels packed and comes back the same", () => {
    const stretches = [filled(10, (i) => i), filled(0, Number), filled(5, () => Number.NaN)].map(
      (s) => s.stretch(0, 10, 100),
    );
    expect(unpack(pack(stretches), 3)).toEqual(stretches);
  });
});
