/** The networks that are timed, as recipes spell them. Every peer builds its own from the same list. */

interface Weighted {
  activation: "relu" | "softmax";
  kernelInitializer: "heNormal";
}

/** What all peers know. */
export type NetLayer =
  | ({ type: "dense"; units: number } & Weighted)
  | ({ type: "conv2d"; filters: number; kernelSize: number } & Weighted)
  | { type: "maxPooling2d" }
  | { type: "flatten" };

export interface Net {
  name: string;
  /** Of one example: `[features]` or `[height, width, channels]`. */
  shape: number[];
  layers: NetLayer[];
}

export const CLASSES = 10;

const relu = { activation: "relu", kernelInitializer: "heNormal" } as const;
const dense = (units: number): NetLayer => ({ type: "dense", units, ...relu });
const convolution = (filters: number): NetLayer => ({
  type: "conv2d",
  filters,
  kernelSize: 3,
  ...relu,
});
const head: NetLayer = { type: "dense", units: CLASSES, ...relu, activation: "softmax" };

export const MLP: Net = {
  name: "MLP 784-256-256-10",
  shape: [784],
  layers: [dense(256), dense(256), head],
};

export const CNN: Net = {
  name: "CNN 28×28, 8 and 16 filters",
  shape: [28, 28, 1],
  layers: [
    convolution(8),
    { type: "maxPooling2d" },
    convolution(16),
    { type: "maxPooling2d" },
    { type: "flatten" },
    dense(64),
    head,
  ],
};

export const DEEP: Net = {
  name: "20 layers of 64",
  shape: [64],
  layers: [...Array.from({ length: 20 }, () => dense(64)), head],
};
