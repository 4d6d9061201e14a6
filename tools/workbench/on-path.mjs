import { accessSync, constants } from "node:fs";
import path from "node:path";

/**
 * The first of the named commands that the PATH holds.
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function onPath(names) {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/bin"].filter(
    Boolean,
  );
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        try {
          accessSync(file, constants.X_OK);
          return file;
        } catch {
          // Not here: the next folder may have it.
        }
      }
    }
  }
  return undefined;
}
