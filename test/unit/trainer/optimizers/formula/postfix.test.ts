import { describe, expect, it } from "vitest";
import { postfix } from "../../../../../trainer/optimizers/formula/postfix.ts";

/** Computes the last assignment by a stack, as WebAssembly does. */
function value(body: string, names: Record<string, number>): number {
  const known = { ...names };
  const stack: number[] = [];
  let last = Number.NaN;
  for (const step of postfix(body)) {
    if (step.do === "push") stack.push(known[step.name]!);
    else if (step.do === "assign") {
      last = stack.pop()!;
      known[step.name] = last;
    } else if (step.do === "neg") stack.push(-stack.pop()!);
    else if (step.do === "sqrt") stack.push(Math.sqrt(stack.pop()!));
    else {
      const [b, a] = [stack.pop()!, stack.pop()!];
      stack.push({ add: a + b, sub: a - b, mul: a * b, div: a / b }[step.do]);
    }
  }
  expect(stack).toEqual([]);
  return last;
}

const [a, b, c] = [7, 3, 2];

describe("a formula is read as JavaScript would read it", () => {
  it.each([
    ["a - b - c", a - b - c],
    ["a / b / c", a / b / c],
    ["a - b * c + a", a - b * c + a],
    ["a * b / c - a", (a * b) / c - a],
    ["-a * b", -a * b],
    ["a - -b", a - -b],
    ["-(a + b) * c", -(a + b) * c],
    ["a / (sqrt(b) + c)", a / (Math.sqrt(b) + c)],
    ["sqrt(a * (b - c)) / -c", Math.sqrt(a * (b - c)) / -c],
  ])("%s", (expression, expected) => {
    expect(value(`x = ${expression};`, { a, b, c })).toBe(expected);
  });

  it("one statement after the other", () => {
    expect(value("m = a + b;\n  m = m * c; update = -m;", { a, b, c })).toBe(-20);
  });
});

it.each(["x = a + ;", "x = (a;", "x = a", "x a;", "x = a $ b;", "x = sqrt a;"])(
  "refuses %s",
  (body) => {
    expect(() => postfix(body)).toThrow(/^A formula has "/);
  },
);
