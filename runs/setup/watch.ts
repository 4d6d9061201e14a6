/** How a set-up is followed, and cancelled. */
export interface Watch {
  /** Ends the set-up at once; everything is then as it was. */
  signal: AbortSignal;
  /** Hears what is being done now, a few words. */
  step(text: string): void;
  /** Hears every line that the programs print. */
  log(line: string): void;
}

/** The reason of the signal where the user changed their mind. */
export class Cancelled extends Error {
  override name = "Cancelled";
  constructor() {
    super("The set-up was cancelled.");
  }
}
