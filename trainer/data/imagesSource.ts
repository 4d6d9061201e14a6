/** The data source `images`: a folder with one sub-folder of pictures a class. */
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Data } from "../../recipe/data/index.ts";
import { reasonOf } from "../../telemetry/files/folder.ts";
import { InputError } from "../errors.ts";
import type { Examples } from "./examples.ts";
import { pathFrom } from "./path.ts";
import { decodePicture } from "./pictures/decode.ts";
import type { Picture } from "./pictures/picture.ts";
import { resize } from "./pictures/resize.ts";

const where = { recipe: ["data", "images"] };

/** A file, and the sub-folder that it is in. */
interface File {
  label: string;
  name: string;
}

/**
 * @param folder the recipe's folder, where relative paths start
 * @throws {InputError}
 */
export async function readImagesSource(data: Data, folder: string): Promise<Examples> {
  const root = pathFrom(folder, data.images!);
  const files = listFiles(root);
  let shape: number[] = [];
  let inputs = new Float32Array();
  for (const [row, { label, name }] of files.entries()) {
    const { height, width, channels, values } = await readPicture(join(root, label, name), data);
    if (row === 0) {
      shape = [height, width, channels];
      inputs = new Float32Array(files.length * values.length);
    } else if (height !== shape[0] || width !== shape[1]) {
      throw new InputError(
        `${join(label, name)} has ${height} × ${width} pixels, and ${join(files[0]!.label, files[0]!.name)} has ${shape[0]} × ${shape[1]}: set "size" to bring all to one.`,
        where,
      );
    }
    inputs.set(values, row * values.length);
  }
  return {
    shape,
    inputs,
    label: "class",
    labels: files.map(({ label }) => label),
    origin: { text: `The folder ${basename(root)}`, where },
    place: (row) => ({ text: `The sub-folders of ${basename(root)}, ${files[row]!.name}`, where }),
    testRows: 0,
    drawn: false,
  };
}

/** In the order of the classes and then of the names, so that the same folder gives the same rows. */
function listFiles(root: string): File[] {
  const labels = list(root, (entry) => entry.isDirectory());
  if (labels.length === 0) {
    throw new InputError(
      `${root} has no sub-folders: put the pictures of each class into one of its own.`,
      where,
    );
  }
  return labels.flatMap((label) => {
    const names = list(join(root, label), ({ name }) => /\.(png|jpe?g)$/i.test(name));
    if (names.length > 0) return names.map((name) => ({ label, name }));
    throw new InputError(
      `${join(root, label)} holds no PNG or JPEG files: add some, or remove the folder.`,
      where,
    );
  });
}

type Entry = { name: string; isDirectory(): boolean };

function list(folder: string, wanted: (entry: Entry) => boolean): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && wanted(entry))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new InputError(`Cannot read the folder ${folder}: ${reasonOf(error)}.`, where);
  }
}

async function readPicture(path: string, { size, channels = 3 }: Data): Promise<Picture> {
  let picture: Picture;
  try {
    picture = decodePicture(await readFile(path), channels);
  } catch (error) {
    throw new InputError(`Cannot read the picture ${path}: ${reasonOf(error)}.`, where);
  }
  return size ? resize(picture, size[0]!, size[1]!) : picture;
}
