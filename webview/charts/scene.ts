/** What a chart draws at one moment, ready in colours and numbers. */
import type { Stretch } from "../../telemetry/series.ts";
import type { Axis } from "./axis.ts";
import type { Theme } from "./theme.ts";

export interface SceneLine {
  curve: string;
  label: string;
  colour: string;
  width: number;
  dash: number[];
  stretch: Stretch;
}

/** A stretch of steps in which a finding was seen. */
export interface Band {
  from: number;
  to: number;
  colour: string;
  /** The chosen finding's band fills the plot; the others are a thin strip below it. */
  filled: boolean;
}

export interface Scene {
  theme: Theme;
  /** The first and the last step shown. */
  from: number;
  to: number;
  y: Axis;
  formatY: (value: number) => string;
  formatTick: (value: number) => string;
  lines: SceneLine[];
  /** Drawn over the lines that are too noisy to tell apart; not read from. */
  trends: SceneLine[];
  /** What lies ahead of the lines: begins at the last step that is measured. */
  planned: SceneLine | null;
  gap: readonly [string, string] | null;
  /** The label stands low where good values are high. */
  best: { step: number; label: string; low: boolean } | null;
  usual: { from: number; to: number } | null;
  bands: Band[];
}

/** Plugins look up what to draw, as the scene changes all the time and they stay. */
export type SceneSource = () => Scene | null;

/** The last step that is measured, as far as it is shown. */
export function measuredTo({ planned, to }: Scene): number {
  return Math.min(planned?.stretch.x[0] ?? to, to);
}

/** The lines that have something to say of a step. */
export function linesAt(scene: Scene, step: number): readonly SceneLine[] {
  return scene.planned && step > measuredTo(scene) ? [scene.planned] : scene.lines;
}

/** A value's place on the y axis, on the floor of a logarithmic one if it has no other. */
export function grounded(value: number, { log, min }: Axis): number {
  return log && value < min ? min : value;
}
