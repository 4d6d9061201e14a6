import { expect, it } from "vitest";
import { DirectionProbe } from "../../../../trainer/probe/direction.ts";
import { stream } from "../../../../trainer/random.ts";

const values = (...numbers: number[]) => Float64Array.from(numbers);
const plain = (length: number) => ({ weights: new Float64Array(length), l1: 0, l2: 0 });

function probeOf(gradient: number[]) {
  const probe = new DirectionProbe([gradient.length]);
  probe.see([values(...gradient)], [plain(gradient.length)]);
  return probe;
}

it.each([
  [3, [3, -3, 1.5, -2.5], 8.07],
  [1, [1, -1, 1, -1], 18.15],
])("S3-18: clipping to ±%d turns the lesson's gradient", (_, clipped, degrees) => {
  const probe = probeOf([3, -4, 1.5, -2.5]);
  probe.seeClipped([values(...clipped)]);
  expect(probe.clipAngle).toBeCloseTo(degrees, 2);
});

it("a cap that nothing reaches turns nothing", () => {
  const probe = probeOf([3, -4, 1.5, -2.5]);
  probe.seeClipped([values(3, -4, 1.5, -2.5)]);
  expect(probe.clipAngle).toBeCloseTo(0, 5);
});

it("compares with the step before, over all parameters", () => {
  const probe = new DirectionProbe([1, 2]);
  const sources = [plain(1), plain(2)];
  probe.see([values(1), values(2, 2)], sources);
  expect(probe.cosine).toBeUndefined();
  probe.see([values(2), values(-2, 1)], sources);
  expect(probe.cosine).toBeCloseTo(0, 12);
  probe.see([values(-4), values(4, -2)], sources);
  expect(probe.cosine).toBeCloseTo(-1, 12);
  probe.see([values(0), values(0, 0)], sources);
  expect(probe.cosine).toBeUndefined();
  probe.see([values(Number.NaN), values(1, 1)], sources);
  probe.see([values(1), values(1, 1)], sources);
  expect(probe.cosine).toBeNaN();
});

it("counts weight decay as part of the gradient", () => {
  const probe = new DirectionProbe([2]);
  probe.see([values(1, 0)], [{ weights: values(0, -3), l1: 0.5, l2: 0.25 }]);
  // 0.5 · sign(−3) + 2 · 0.25 · −3
  expect([...probe.last]).toEqual([1, -2]);
});

it("estimates the cosine of long gradients within four standard errors", () => {
  const { normal } = stream(1, "test");
  const lengths = [100_000, 20, 60_000];
  const draw = () => lengths.map((length) => Float64Array.from({ length }, normal));
  const [a, noise] = [draw(), draw()];
  // By theory 0.6: 3 parts of the first, 4 of what has nothing to do with it.
  const b = a.map((part, i) => part.map((x, j) => 0.6 * x + 0.8 * noise[i]![j]!));
  const probe = new DirectionProbe(lengths);
  const sources = lengths.map(plain);
  probe.see(a, sources);
  probe.see(b, sources);
  expect(probe.last).toHaveLength(4096);
  expect(Math.abs(probe.cosine! - 0.6)).toBeLessThan(4 / 64);
});
