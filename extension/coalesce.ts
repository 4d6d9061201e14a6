/** Turns many requests into few calls: the first request is answered `ms` later, together with all since. */
export class Coalesce {
  readonly #ms: number;
  readonly #action: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, action: () => void) {
    this.#ms = ms;
    this.#action = action;
  }

  /** Asks for a call; any number of times. */
  ask(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#action();
    }, this.#ms);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
