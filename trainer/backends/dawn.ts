/** Tries copies of Dawn, the npm package `webgpu`, before they are let into our process. */
import { locatePackage } from "./locate.ts";
import { rehearse } from "./rehearse.ts";

/**
 * Opens a device, as a training would. Without a GPU it ends here, for Dawn prints a page on it; what else fails in order
 * is told better by who opens the device in earnest.
 */
const REHEARSAL = `
  import(require("node:url").pathToFileURL(process.argv[1] + "/index.js").href)
    .then(({ create }) => create([]).requestAdapter())
    .then((adapter) => {
      if (adapter) return adapter.requestDevice();
      console.error("Error: it finds no GPU");
      process.exit(1);
    })
    .catch(() => {})
    .then(() => process.exit());
`;

/**
 * @param recipeFolder absolute: the user's own copies are looked for there and above
 * @returns the folders of the copies that neither crash nor hang, absolute
 * @throws {Error} all of them do, as a clause
 */
export async function locateDawn(recipeFolder: string): Promise<string[]> {
  const safe: string[] = [];
  const reasons: string[] = [];
  for (const folder of locatePackage("webgpu", recipeFolder)) {
    try {
      await rehearse(REHEARSAL, folder, {});
      safe.push(folder);
    } catch (error) {
      reasons.push(`${folder} does not work: ${(error as Error).message}`);
    }
  }
  if (safe.length === 0 && reasons.length > 0) throw new Error(reasons.join(", and "));
  return safe;
}
