/** Anything that has to be let go of. */
export interface Disposes {
  dispose(): unknown;
}

/** Owns what it registers; what is registered too late is let go of at once. */
export abstract class Disposable {
  readonly #owned: Disposes[] = [];
  #disposed = false;

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#owned.splice(0).reverse()) item.dispose();
  }

  protected register<T extends Disposes>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#owned.push(item);
    return item;
  }
}
