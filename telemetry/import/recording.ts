/** What a foreign recording holds: curves by figure, whatever the file that they came from. */
import { type Axis, type Figure, figureCalled } from "./figures.ts";

/** Points by rising step; parallel lists, for a long run has millions of points. */
export interface Curve {
  readonly figure: Figure;
  /** Counted as the tool does, in what the figure's `axis` says. */
  readonly steps: number[];
  readonly values: number[];
  /** Unix time in seconds; NaN where the tool wrote none. */
  readonly times: number[];
  /** The epoch that the tool wrote beside the value; NaN where it wrote none. */
  readonly epochs: number[];
}

export interface Place {
  step: number;
  epoch?: number;
  /** Unix time in seconds. */
  time?: number;
}

/** Seconds; no date is later. */
const LATEST = 8.64e12;

export class Recording {
  /** Of one figure by two names (`lr-Adam/pg1`, `lr-Adam/pg2`) there are two curves. */
  readonly curves: Curve[] = [];
  /** Null for names that are no figure of a training. */
  readonly #byName = new Map<string, Curve | null>();

  /** Names that were looked at and mean nothing here. */
  get unknown(): string[] {
    return [...this.#byName].filter(([, curve]) => curve === null).map(([name]) => name);
  }

  /**
   * Takes one value. A step that was there before, or passed, means that the tool began again from there: what it
   * wrote of later steps is dropped, as TensorBoard does with the remains of a crashed run.
   * @param folder of the file, where its name may say which part of the data the value is of
   * @param axis what the steps are counted in, where the whole file counts so and not only this figure
   */
  add(name: string, value: number, { step, epoch, time }: Place, folder = "", axis?: Axis): void {
    if (!Number.isSafeInteger(step) || step < 0) return;
    const curve = this.#curveOf(name, folder, axis);
    if (!curve) return;
    const { steps, values, times, epochs } = curve;
    while (steps.length > 0 && step <= (steps.at(-1) as number)) {
      steps.pop();
      values.pop();
      times.pop();
      epochs.pop();
    }
    steps.push(step);
    values.push(value);
    times.push(time !== undefined && Math.abs(time) <= LATEST ? time : Number.NaN);
    epochs.push(epoch ?? Number.NaN);
  }

  #curveOf(name: string, folder: string, axis: Axis | undefined): Curve | null {
    const key = folder === "" ? name : `${folder}/${name}`;
    let curve = this.#byName.get(key);
    if (curve === undefined) {
      const figure = figureCalled(name, folder);
      curve = figure
        ? {
            figure: { ...figure, axis: axis ?? figure.axis },
            steps: [],
            values: [],
            times: [],
            epochs: [],
          }
        : null;
      if (curve) this.curves.push(curve);
      this.#byName.set(key, curve);
    }
    return curve;
  }
}
