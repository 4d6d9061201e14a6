/** Changes training examples a little: more to learn from without more data (lesson 0). */
import type { Augment } from "../../../recipe/data/augment.ts";
import { InputError } from "../../errors.ts";
import type { Stream } from "../../random.ts";
import { sizeOf } from "../dataset.ts";
import { crop, type Window } from "./crop.ts";
import { flip } from "./flip.ts";
import { noise } from "./noise.ts";
import { rotate } from "./rotate.ts";
import type { PictureShape } from "./shape.ts";

/** Changes rows in place, each in its own way, `rows × product(shape)`. */
export type Augmenter = (inputs: Float32Array, draw: Stream) => void;

type Change = (from: Float32Array, to: Float32Array, draw: Stream) => void;

/** @throws {InputError} a change for pictures where the examples are none */
export function augmenter(settings: Augment, shape: readonly number[]): Augmenter {
  const changes = pictureChanges(settings, shape);
  const size = sizeOf(shape);
  const from = new Float32Array(size);
  const stddev = settings.noise ?? 0;
  return (inputs, draw) => {
    for (let at = 0; changes.length > 0 && at < inputs.length; at += size) {
      const row = inputs.subarray(at, at + size);
      for (const change of changes) {
        from.set(row);
        change(from, row, draw);
      }
    }
    if (stddev > 0) noise(inputs, inputs, stddev, draw);
  };
}

/** @param least smallest side, as share of the whole */
export function drawWindow(least: number, draw: Stream): Window {
  const side = least + (1 - least) * draw.uniform();
  return { side, top: (1 - side) * draw.uniform(), left: (1 - side) * draw.uniform() };
}

function pictureChanges(settings: Augment, shape: readonly number[]): Change[] {
  const { rotate: degrees, crop: least } = settings;
  const asked = (["flip", "rotate", "crop"] as const).filter((key) => settings[key]);
  if (asked.length > 0 && shape.length !== 3) {
    throw new InputError(
      `"${asked[0]}" is for pictures, and an example is a list of ${shape[0]} numbers: use only noise.`,
      { recipe: ["data", "augment", asked[0]!] },
    );
  }
  const picture = shape as unknown as PictureShape;
  const change: Record<(typeof asked)[number], Change> = {
    flip: (from, to, draw) => {
      if (draw.uniform() < 0.5) flip(from, to, picture);
    },
    rotate: (from, to, draw) => rotate(from, to, picture, degrees! * (2 * draw.uniform() - 1)),
    crop: (from, to, draw) => crop(from, to, picture, drawWindow(least!, draw)),
  };
  return asked.map((key) => change[key]);
}
