/** Finds packages that no bundle can carry, in the folders where a user may have put them. */
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** Names the folders, separated as in `PATH`, into which the set-up command installed packages. */
const INSTALLED = "VITALS_BACKENDS";

/**
 * Every copy of a package, the user's own first: in the recipe's folder and above it, then where the set-up command
 * installed it, then beside the trainer. Node.js's own search would ask whoever runs the trainer, not its user.
 * @param recipeFolder absolute
 * @returns the folders of the packages, absolute
 */
export function locatePackage(
  name: string,
  recipeFolder: string,
  installed: string = process.env[INSTALLED] ?? "",
): string[] {
  const here = typeof __dirname === "string" ? __dirname : process.cwd();
  const places = [
    ...withParents(recipeFolder),
    ...installed.split(delimiter).filter((folder) => folder !== ""),
    ...withParents(here),
  ];
  const found = places
    .map((place) => join(place, "node_modules", name))
    .filter((folder) => existsSync(join(folder, "package.json")));
  return [...new Set(found.map((folder) => realpathSync(folder)))];
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
