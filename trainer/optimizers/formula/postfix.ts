/** Reads the arithmetic that formulas are written in: `name = expression;` with + − · /, a minus sign, brackets and sqrt. */

/** What to do next with a stack of values. */
export type Step =
  | { do: "push" | "assign"; name: string }
  | { do: "add" | "sub" | "mul" | "div" | "neg" | "sqrt" };

/** @throws {Error} what it cannot read */
export function postfix(body: string): Step[] {
  return new Reader(body).statements();
}

class Reader {
  readonly #tokens: string[];
  readonly #steps: Step[] = [];

  constructor(body: string) {
    this.#tokens = body.match(/[A-Za-z_]\w*|\S/g) ?? [];
  }

  statements(): Step[] {
    while (this.#tokens.length > 0) {
      const name = this.#take();
      this.#expect("=");
      this.#sum();
      this.#expect(";");
      this.#steps.push({ do: "assign", name });
    }
    return this.#steps;
  }

  #sum(): void {
    this.#chain({ "+": "add", "-": "sub" }, () => this.#product());
  }

  #product(): void {
    this.#chain({ "*": "mul", "/": "div" }, () => this.#factor());
  }

  /** From left to right. */
  #chain(operators: Record<string, "add" | "sub" | "mul" | "div">, operand: () => void): void {
    operand();
    for (;;) {
      const operator = operators[this.#tokens[0] ?? ""];
      if (!operator) return;
      this.#take();
      operand();
      this.#steps.push({ do: operator });
    }
  }

  #factor(): void {
    const token = this.#take();
    if (token === "-") {
      this.#factor();
      this.#steps.push({ do: "neg" });
    } else if (token === "(") {
      this.#sum();
      this.#expect(")");
    } else if (token === "sqrt") {
      this.#expect("(");
      this.#sum();
      this.#expect(")");
      this.#steps.push({ do: "sqrt" });
    } else if (/^[A-Za-z_]/.test(token)) this.#steps.push({ do: "push", name: token });
    else throw new Error(`A formula has "${token}" where a value should be.`);
  }

  #take(): string {
    return this.#tokens.shift() ?? "";
  }

  #expect(wanted: string): void {
    const token = this.#take();
    if (token !== wanted) throw new Error(`A formula has "${token}" where "${wanted}" should be.`);
  }
}
