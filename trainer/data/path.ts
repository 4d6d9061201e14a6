import { isAbsolute, join } from "node:path";

/** A path of the recipe, which starts at the recipe's folder where it is relative. */
export function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
