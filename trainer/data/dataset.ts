/** What a data source gives to the training. */

/** Rows that belong together: to train on, to validate or to test with. */
export interface Part {
  rows: number;
  /** Row after row, `rows × product(shape)`. */
  inputs: Float32Array;
  /** One a row: class number, or value. */
  targets: Float32Array;
}

/** How a loss that measures distances sees a target. */
export interface Encoding {
  /** Numbers a row that the network has to give. */
  units: number;
  /**
   * @param target class number, or value
   * @param unit from 0 to `units - 1`
   * @returns what that unit should give
   */
  value(target: number, unit: number): number;
}

export interface Dataset {
  /** Of one example: `[features]` or `[height, width, channels]`. */
  shape: number[];
  /** Name of what is predicted. */
  label: string;
  /** Names of the classes, null for a regression. */
  classes: string[] | null;
  encoding: Encoding;
  train: Part;
  validation: Part;
  /** Without rows where the recipe keeps none for testing. */
  test: Part;
  /** SHA-256 over the test rows as they were read, and their labels; empty without test rows. */
  testKey: string;
}

/** Numbers an example. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
