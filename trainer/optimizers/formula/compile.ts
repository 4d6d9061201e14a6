/** Compiles a formula for the processor: WebAssembly that computes two weights at once, in 64 bits. */

import { instantiate, newMemory, OP } from "../../assembler.ts";
import type { RuleShader, Values } from "../update.ts";
import { postfix } from "./postfix.ts";

/** Of each array, what is computed at once: so little that all of them stay in the processor's nearest cache. */
export const BLOCK_BYTES = 8192;
/** Where the arrays begin; before them lie the sums. */
const ARRAYS = 64;
/** What sums of squares are taken of. */
const SUMMED = ["gradient", "weight", "update"] as const;
const PAIR = OP.f64x2;

/**
 * Added and taken off again, it rounds to multiples of 2^-118 and changes nothing larger: what decays towards 0, such as
 * the momentum of a dead unit, never gets below 1.2e-38, where 32-bit numbers are denormal and every use of one costs
 * many processors some hundred cycles.
 */
const FLUSH = 2 ** -66;

/** Of all formulas: they run one after another, and nothing stays here. */
const memory = newMemory();

/** A formula for arrays of one kind. */
export interface Compiled {
  /** A block of each: weights, gradient, slots and, for a rule that looks ahead, the weights it shows. */
  arrays: Values[];
  /** What `run` leaves: sums of squares of the scaled gradient, the weights before and the update, two halves each. */
  sums: Float64Array;
  /**
   * Updates the block.
   * @param bytes of each array, for an even number of elements
   * @param scale of the gradient
   * @param numbers the rule's, in its order
   */
  run(bytes: number, scale: number, ...numbers: number[]): void;
}

/** @param wide for 64-bit arrays, not 32-bit ones */
export function compile(rule: RuleShader, wide: boolean): Compiled {
  return new Compiler(rule, wide).compile();
}

class Compiler {
  readonly #rule: RuleShader;
  /** Parameters behind the first, in their order. */
  readonly #numbers: string[];
  readonly #arrays: string[];
  /** 64-bit ones, not 32-bit. */
  readonly #wide: boolean;
  /** Locals that hold two values each, in the order of their places. */
  readonly #pairs: string[] = [];

  constructor(rule: RuleShader, wide: boolean) {
    this.#rule = rule;
    this.#numbers = ["scale", ...Object.keys(rule.numbers(0, 1))];
    this.#arrays = ["weight", "gradient", ...rule.slots, ...(rule.shown ? ["shown"] : [])];
    this.#wide = wide;
  }

  compile(): Compiled {
    const code = this.#code();
    const run = instantiate(memory, this.#numbers.length, this.#pairs.length, code);
    const Bits = this.#wide ? Float64Array : Float32Array;
    const length = BLOCK_BYTES / Bits.BYTES_PER_ELEMENT;
    const arrays = this.#arrays.map((name) => new Bits(memory.buffer, this.#place(name), length));
    return { arrays, sums: new Float64Array(memory.buffer, 0, 2 * SUMMED.length), run };
  }

  #code(): number[] {
    const { slots, body, shown } = this.#rule;
    const read = ["weight", "gradient", ...slots];
    const written = this.#arrays.filter((name) => name !== "gradient");
    return [
      ...this.#numbers.flatMap((name, i) => [...OP.get(1 + i), ...PAIR.splat, ...this.#set(name)]),
      ...[...OP.f64(FLUSH), ...PAIR.splat, ...this.#set("flush")],
      // From the end of the block to its beginning: the first parameter says where it is, and 0 is the end.
      ...OP.loop,
      ...[...OP.get(0), ...OP.i32(this.#wide ? 16 : 8), ...OP.subtract, ...OP.set(0)],
      ...read.flatMap((name) => this.#load(name)),
      ...this.#compute("gradient = gradient * scale;"),
      ...this.#addSquare("gradient"),
      ...this.#addSquare("weight"),
      ...this.#compute(body),
      ...this.#addSquare("update"),
      ...(shown ? this.#compute(`shown = ${shown};`) : []),
      ...this.#compute("weight = weight + update;"),
      ...written.flatMap((name) => this.#store(name)),
      ...[...OP.get(0), ...OP.again, ...OP.end],
      ...SUMMED.flatMap((name, i) => [
        ...[...OP.i32(0), ...this.#get(sumOf(name)), ...OP.store64(16 * i)],
      ]),
    ];
  }

  #compute(statements: string): number[] {
    return postfix(statements).flatMap((step) => {
      if (step.do === "push") return this.#get(step.name);
      if (step.do !== "assign") return PAIR[step.do];
      const { name } = step;
      const flush = [...this.#get("flush"), ...PAIR.add, ...this.#get("flush"), ...PAIR.sub];
      return [...(this.#rule.slots.includes(name) ? flush : []), ...this.#set(name)];
    });
  }

  #addSquare(name: (typeof SUMMED)[number]): number[] {
    const square = [...this.#get(name), ...this.#get(name), ...PAIR.mul];
    const sum = sumOf(name);
    // Locals are 0 at first.
    this.#set(sum);
    return [...square, ...this.#get(sum), ...PAIR.add, ...this.#set(sum)];
  }

  #load(name: string): number[] {
    const load = this.#wide ? OP.load64 : OP.load32;
    return [...OP.get(0), ...load(this.#place(name)), ...this.#set(name)];
  }

  #store(name: string): number[] {
    const store = this.#wide ? OP.store64 : OP.store32;
    return [...OP.get(0), ...this.#get(name), ...store(this.#place(name))];
  }

  /** Of an array, in the memory. */
  #place(name: string): number {
    return ARRAYS + BLOCK_BYTES * this.#arrays.indexOf(name);
  }

  /** @throws {Error} nothing has that name yet */
  #get(name: string): number[] {
    const place = this.#pairs.indexOf(name);
    if (place < 0) throw new Error(`The formula "${this.#rule.body}" uses an unknown ${name}.`);
    return OP.get(1 + this.#numbers.length + place);
  }

  #set(name: string): number[] {
    if (!this.#pairs.includes(name)) this.#pairs.push(name);
    return OP.set(1 + this.#numbers.length + this.#pairs.indexOf(name));
  }
}

function sumOf(name: (typeof SUMMED)[number]): string {
  return `sum of ${name}`;
}
