/** What every scaling gives. */

/** Scales rows in place, `rows × product(shape)`. */
export type Scale = (inputs: Float32Array) => void;

/**
 * Takes the figures of the training rows only: the other rows must not leak into what the network learns from.
 * @param train `rows × product(shape)`
 * @throws {InputError} the scaling is not made for such data
 */
export type Fit = (train: Float32Array, shape: readonly number[]) => Scale;

/** Numbers that are scaled apart from each other: the columns of a table, the channels of pictures. */
export function columnsOf(shape: readonly number[]): number {
  return shape[shape.length - 1]!;
}

/** (x − offset) · factor, by column. */
export function byColumn(offset: Float64Array, factor: Float64Array): Scale {
  const columns = offset.length;
  return (inputs) => {
    for (let at = 0; at < inputs.length; at += columns) {
      for (let c = 0; c < columns; c++)
        inputs[at + c] = (inputs[at + c]! - offset[c]!) * factor[c]!;
    }
  };
}
