/** What a peer is told when it is started: the same for all, as one JSON argument. */
import { stream } from "../../../trainer/random.ts";
import { CLASSES, type Net } from "./nets.ts";

export interface Setting extends Where {
  net: Net;
  batchSize: number;
  /** Of one epoch. */
  batches: number;
  /** Rows that are judged after each epoch. */
  validation: number;
}

export interface Where {
  /** As `--backend` names it. */
  backend: string;
  /** Whether an adapter that computes on the processor will do for webgpu. */
  software: boolean;
}

export const RATE = 0.001;
const BATCH_SIZE = 64;

/** @param validation in batches too */
export function settingOf(net: Net, where: Where, batches: number, validation = 0): Setting {
  return { ...where, net, batchSize: BATCH_SIZE, batches, validation: validation * BATCH_SIZE };
}

export interface Rows {
  rows: number;
  inputs: Float32Array;
  /** Numbers of classes. */
  targets: Float32Array;
}

/** Noise: how fast a step is does not depend on what is learnt. */
export function noise({ shape }: Net, rows: number): Rows {
  const { normal, uniform } = stream(1, `bench ${rows}`);
  const width = shape.reduce((product, length) => product * length, 1);
  return {
    rows,
    inputs: Float32Array.from({ length: rows * width }, normal),
    targets: Float32Array.from({ length: rows }, () => Math.floor(uniform() * CLASSES)),
  };
}
