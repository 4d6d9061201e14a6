/** Finds a Python that has PyTorch, and starts the peer in it. */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { Peer } from "./peer.ts";
import type { Setting } from "./setting.ts";

/** The second is the system's, where the first is a version manager's. */
const PYTHONS = ["python3", "/usr/bin/python3"];

export function findPyTorch(): string | undefined {
  return PYTHONS.find((python) => spawnSync(python, ["-c", "import torch"]).status === 0);
}

/** One, and all that the machine has. */
export function threadCounts(): number[] {
  return [...new Set([1, availableParallelism()])];
}

export function startPyTorch(python: string, setting: Setting, threads: number): Promise<Peer> {
  return Peer.start(python, ["test/bench/peers/pytorch.py"], { ...setting, threads });
}
