/** Draws once a frame whatever asked for it since the last. */
export class Frames {
  readonly #waiting = new Set<() => void>();
  readonly #drew: (milliseconds: number) => void;

  /** Calls back with how long each frame's drawing took. */
  constructor(drew: (milliseconds: number) => void) {
    this.#drew = drew;
  }

  /** The same function asked for twice is called once. */
  request(draw: () => void): void {
    if (this.#waiting.size === 0) requestAnimationFrame(() => this.#run());
    this.#waiting.add(draw);
  }

  #run(): void {
    const begun = performance.now();
    const draws = [...this.#waiting];
    this.#waiting.clear();
    for (const draw of draws) draw();
    this.#drew(performance.now() - begun);
  }
}
