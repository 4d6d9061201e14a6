/** Writes the weights into the run folder. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunFolderError, reasonOf, WEIGHTS_FILE } from "../../telemetry/files/folder.ts";
import type { Network } from "../model/network.ts";
import { encodeSafetensors } from "./safetensors.ts";

/**
 * Either the whole file is there afterwards or none.
 * @returns its name inside the run folder
 * @throws {RunFolderError}
 */
export function writeCheckpoint(
  runFolder: string,
  network: Network,
  metadata: Record<string, string>,
): string {
  const snapshot = network.snapshot();
  const tensors = network.layers.flatMap(({ parameters, statistics }) => [
    ...parameters.map(({ name, shape }) => ({ name, shape, values: snapshot.get(name)! })),
    ...statistics.map(({ name, variable }) => ({
      name,
      shape: variable.shape,
      values: snapshot.get(name)!,
    })),
  ]);
  const file = join(runFolder, WEIGHTS_FILE);
  const half = `${file}.tmp`;
  try {
    writeFileSync(half, encodeSafetensors(tensors, metadata));
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw new RunFolderError(
      `Cannot write ${file}: ${reasonOf(error)}. Free some room or choose another place with --run.`,
    );
  }
  return WEIGHTS_FILE;
}
