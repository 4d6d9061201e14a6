/** What a data source gives to the training. */

/** Rows that belong together: to train on, to validate or to test with. */
export interface Part {
  rows: number;
  /** Row after row, `rows × features`. */
  inputs: Float32Array;
  /** One a row: class number, or value. */
  targets: Float32Array;
}

export interface Dataset {
  /** Names of the inputs. */
  features: string[];
  /** Name of what is predicted. */
  label: string;
  /** Names of the classes, null for a regression. */
  classes: string[] | null;
  train: Part;
  validation: Part;
  /** Without rows where the recipe keeps none for testing. */
  test: Part;
}

/** The given rows, copied out of `inputs` (`rows × width`) and `targets`. */
export function takeRows(
  rows: Uint32Array,
  inputs: Float32Array,
  targets: Float32Array,
  width: number,
): Part {
  const part: Part = {
    rows: rows.length,
    inputs: new Float32Array(rows.length * width),
    targets: new Float32Array(rows.length),
  };
  rows.forEach((row, i) => {
    part.inputs.set(inputs.subarray(row * width, (row + 1) * width), i * width);
    part.targets[i] = targets[row]!;
  });
  return part;
}
