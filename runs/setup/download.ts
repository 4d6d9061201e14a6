/** Lets a package of TensorFlow for Node.js download its library, as its makers mean it to. */
import { whileGrowing } from "./growing.ts";
import { type NodeProgram, runNpm } from "./npm.ts";
import type { Watch } from "./watch.ts";

const TIME_OUT_SECONDS = 3600;
/** A connection that nobody answers gives up after two minutes by itself; compiling takes half of one. */
const STALL_SECONDS = 90;

/**
 * The package's own download has no time-out: a server that does not answer would hang it for ever.
 * @param folder of the npm package, absolute
 * @throws {Error} a clause; or the reason of the signal
 */
export async function downloadLibrary(
  folder: string,
  node: NodeProgram,
  { signal, step, log }: Watch,
  stallSeconds: number = STALL_SECONDS,
): Promise<void> {
  step("Downloading TensorFlow");
  const show = (bytes: number) => step(`Downloading TensorFlow: ${Math.round(bytes / 1e6)} MB`);
  const install = (ended: AbortSignal) =>
    runNpm(node, ["run", "install"], {
      seconds: TIME_OUT_SECONDS,
      cwd: folder,
      signal: ended,
      onLine: log,
    });
  try {
    await whileGrowing(folder, stallSeconds, signal, show, install);
  } catch (error) {
    signal.throwIfAborted();
    const why = (error as Error).message.replace(/\.$/, "");
    throw new Error(`TensorFlow's library could not be downloaded (${why})`);
  }
}
