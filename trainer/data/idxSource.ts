/** The data source `idx`: a file of examples and one of labels, and the same again to test with where they are given. */
import { basename } from "node:path";
import type { Data } from "../../recipe/data/index.ts";
import { InputError, type Where } from "../errors.ts";
import { sizeOf } from "./dataset.ts";
import type { Examples, Numbers } from "./examples.ts";
import { type Idx, readIdx } from "./idx.ts";
import { pathFrom } from "./path.ts";

/** A file of examples and its labels. */
interface Pair {
  images: Idx;
  labels: Idx;
  /** Names of the two files. */
  names: { images: string; labels: string };
}

/**
 * @param folder the recipe's folder, where relative paths start
 * @throws {InputError}
 */
export function readIdxSource(data: Data, folder: string): Examples {
  const { images, labels, testImages, testLabels } = data.idx!;
  const train = readPair(folder, [images, "images"], [labels, "labels"]);
  const test =
    testImages !== undefined && testLabels !== undefined
      ? readPair(folder, [testImages, "testImages"], [testLabels, "testLabels"])
      : undefined;
  const shape = shapeOf(train.images);
  if (test && String(shapeOf(test.images)) !== String(shape)) {
    throw new InputError(
      `${test.names.images} has examples of ${shapeOf(test.images).join(" × ")} numbers, and ${train.names.images} of ${shape.join(" × ")}: name files that belong together.`,
      { recipe: ["data", "idx", "testImages"] },
    );
  }
  const known = train.labels.values.length;
  return {
    shape,
    inputs: joined(train.images.values, test?.images.values),
    label: "label",
    labels: Array.from(joined(train.labels.values, test?.labels.values), String),
    origin: { text: train.names.labels, where: { recipe: ["data", "idx", "labels"] } },
    place: (row) =>
      row < known
        ? { text: `Label ${row + 1} of ${train.names.labels}`, where: at("labels") }
        : { text: `Label ${row - known + 1} of ${test!.names.labels}`, where: at("testLabels") },
    testRows: test?.labels.values.length ?? 0,
    drawn: false,
  };
}

const at = (key: string) => ({ recipe: ["data", "idx", key] });

/** @throws {InputError} the two do not belong together */
function readPair(
  folder: string,
  [imagesFile, imagesKey]: [path: string, key: string],
  [labelsFile, labelsKey]: [path: string, key: string],
): Pair {
  const images = readIdx(pathFrom(folder, imagesFile), at(imagesKey));
  const labels = readIdx(pathFrom(folder, labelsFile), at(labelsKey));
  const names = { images: basename(imagesFile), labels: basename(labelsFile) };
  if (images.shape.length < 2) {
    throw new InputError(
      `${names.images} holds a single list of ${images.shape[0]} numbers, and examples need at least two dimensions: is it the file of the labels?`,
      at(imagesKey),
    );
  }
  if (labels.shape.length !== 1) {
    throw new InputError(
      `${names.labels} holds ${labels.shape.join(" × ")} numbers, and labels are a single list: is it the file of the examples?`,
      at(labelsKey),
    );
  }
  if (images.shape[0] !== labels.shape[0]) {
    throw new InputError(
      `${names.images} holds ${images.shape[0]} examples, and ${names.labels} ${labels.shape[0]} labels: name files that belong together.`,
      at(labelsKey),
    );
  }
  if (sizeOf(images.shape) === 0) {
    throw new InputError(`${names.images} holds no examples: name another file.`, at(imagesKey));
  }
  checkFinite(images.values, sizeOf(images.shape.slice(1)), names.images, at(imagesKey));
  return { images, labels, names };
}

/** @throws {InputError} the file can hold such numbers, and does */
function checkFinite(values: Numbers, width: number, file: string, where: Where): void {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return;
  const bad = values.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad < 0) return;
  throw new InputError(
    `Example ${Math.floor(bad / width) + 1} of ${file} holds ${values[bad]}, and inputs must be finite numbers.`,
    where,
  );
}

/** A grey picture for rank 3, one with channels for rank 4; a list of numbers otherwise. */
function shapeOf({ shape: [_, ...example] }: Idx): number[] {
  if (example.length === 2) return [...example, 1];
  return example.length === 3 ? example : [sizeOf(example)];
}

/** Both behind one another, as numbers of the first one's kind where both are of it. */
function joined(first: Numbers, second: Numbers | undefined): Numbers {
  if (!second) return first;
  const kind = first.constructor === second.constructor ? first.constructor : Float64Array;
  const both = new (kind as new (length: number) => Numbers)(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
