/** What shaders leave for the host: one buffer, read once a step. */
import type { Gpu } from "./gpu.ts";

export class Results {
  readonly #gpu: Gpu;
  #fixed = 0;
  #buffer: GPUBuffer | undefined;

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /** Sets a region aside; only before the first `begin`. @returns where it starts, in words of 32 bits */
  reserve(words: number): number {
    const at = this.#fixed;
    this.#fixed += words;
    return at;
  }

  /**
   * To be called before a pass dispatches anything.
   * @param rest words that this pass needs behind all regions
   * @returns where the rest starts
   */
  begin(rest: number): number {
    const words = this.#fixed + rest;
    if (!this.#buffer || this.#buffer.size < 4 * words) {
      this.#buffer?.destroy();
      this.#buffer = this.#gpu.storage(words);
    }
    return this.#fixed;
  }

  get buffer(): GPUBuffer {
    return this.#buffer!;
  }

  /** All of it, once everything dispatched so far is done. */
  async read(): Promise<Figures> {
    const bytes = await this.#gpu.read(this.buffer);
    return { floats: new Float32Array(bytes), bits: new Uint32Array(bytes) };
  }
}

/** The same words twice. */
export interface Figures {
  floats: Float32Array;
  bits: Uint32Array;
}
