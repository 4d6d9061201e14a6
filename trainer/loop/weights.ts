/** Files of weights in the run folder. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunFolderError, reasonOf } from "../../telemetry/files/folder.ts";
import type { Network } from "../model/network.ts";
import type { Snapshot } from "./executor.ts";
import { encodeSafetensors, type NamedTensor } from "./safetensors.ts";

/** With their shapes, in the order of the layers. */
export function tensorsOf(network: Network, snapshot: Snapshot): NamedTensor[] {
  return network.layers.flatMap(({ parameters, statistics }) => [
    ...parameters.map(({ name, shape }) => ({ name, shape, values: snapshot.get(name)! })),
    ...statistics.map(({ name, variable: { shape } }) => ({
      name,
      shape,
      values: snapshot.get(name)!,
    })),
  ]);
}

/**
 * Either the whole file is there afterwards or none.
 * @throws {RunFolderError}
 */
export function writeTensors(
  runFolder: string,
  name: string,
  tensors: NamedTensor[],
  metadata: Record<string, string>,
): void {
  const file = join(runFolder, name);
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
}
