/** The newest range test of each recipe, as long as it holds: all but the learning rate is as it was. */
import { parse } from "jsonc-parser";
import type { RangeTest } from "../../../diagnosis/rangeTest.ts";

export class RangeTests {
  readonly #kept = new Map<string, { recipe: string; test: RangeTest }>();

  /** @param text of the recipe that was tested */
  keep(file: string, text: string, test: RangeTest): void {
    this.#kept.set(file, { recipe: withoutRate(text), test });
  }

  /** @param text of the recipe as it is now */
  of(file: string, text: string): RangeTest | undefined {
    const kept = this.#kept.get(file);
    return kept?.recipe === withoutRate(text) ? kept.test : undefined;
  }
}

/** What the recipe says but for the rate; comments and spaces do not matter. */
function withoutRate(text: string): string {
  const recipe: unknown = parse(text, [], { allowTrailingComma: true });
  return JSON.stringify(recipe, function (this: unknown, key, value) {
    const isRate = key === "learningRate" && this === (recipe as { optimizer?: unknown }).optimizer;
    return isRate ? undefined : value;
  });
}
