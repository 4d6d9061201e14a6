/** What the rest of the trainer knows of a backend. */
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import type { Executor } from "../loop/executor.ts";
import type { Network } from "../model/network.ts";
import "./gradients.ts";
import { HostExecutor, type View } from "./hostExecutor.ts";

export interface Backend {
  name: "cuda" | "webgpu" | "native" | "wasm" | "cpu";
  /** What it computes on, in words. */
  device: string;
  /** What trains the network here. */
  execute(network: Network, optimizer: RecipeOptimizer): Executor;
}

/** Where tensors can be read at any moment. */
export function onHost(view: View): Pick<Backend, "execute"> {
  return { execute: (network, optimizer) => new HostExecutor(network, optimizer, view) };
}
