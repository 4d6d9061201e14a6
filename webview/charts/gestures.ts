/** Pointer and keys on a chart. They move what all charts share: the cursor and the range. */
import type { Plot } from "./chart.ts";
import type { Range, Stage } from "./stage.ts";

/** A press that moves less is a click. */
const DRAG = 5;
/** Of the shown range: one press of an arrow key, and one with Shift. */
const SMALL_MOVE = 1 / 100;
const LARGE_MOVE = 1 / 10;

/** The steps that a plot shows now. */
interface Ranges {
  shown(): Range;
  /** Those that can be zoomed to: all charts zoom, and not all show what is planned. */
  measured(): Range;
}

/** Listens on the element around a plot. */
export function listen(element: HTMLElement, plot: Plot, stage: Stage, ranges: Ranges): void {
  let pressedAt: number | null = null;

  const stepUnder = (event: PointerEvent): number => {
    const { left, right } = plot.area ?? { left: 0, right: 0 };
    const x = event.clientX - element.getBoundingClientRect().left;
    return plot.stepAt(Math.max(left, Math.min(right, x)));
  };
  const dragged = (event: PointerEvent): Range | null => {
    if (pressedAt === null || Math.abs(event.clientX - pressedAt) < DRAG) return null;
    const here = stepUnder(event);
    const there = plot.stepAt(pressedAt - element.getBoundingClientRect().left);
    return clipped({ from: Math.min(here, there), to: Math.max(here, there) }, ranges.measured());
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pressedAt = event.clientX;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    stage.cursor.value = Math.round(stepUnder(event));
    stage.box.value = dragged(event);
  });
  element.addEventListener("pointerup", (event) => {
    const range = dragged(event);
    pressedAt = null;
    stage.box.value = null;
    if (range) stage.range.value = range;
  });
  element.addEventListener("pointercancel", () => {
    pressedAt = null;
    stage.box.value = null;
  });
  element.addEventListener("pointerleave", () => {
    if (pressedAt === null) stage.cursor.value = null;
  });
  element.addEventListener("dblclick", () => {
    stage.range.value = null;
  });
  element.addEventListener("keydown", (event) => {
    if (press(event.key, event.shiftKey, stage, ranges)) event.preventDefault();
  });
}

/** Does what a key says; false for one that says nothing here. */
function press(key: string, far: boolean, stage: Stage, ranges: Ranges): boolean {
  const { from, to } = ranges.shown();
  const measured = ranges.measured();
  const here = stage.cursor.value ?? measured.to;
  const move = Math.max(1, Math.round((to - from) * (far ? LARGE_MOVE : SMALL_MOVE)));
  const go = (step: number) => {
    stage.cursor.value = Math.max(Math.ceil(from), Math.min(Math.floor(to), step));
  };
  const zoom = (factor: number) => {
    const half = ((measured.to - measured.from) * factor) / 2;
    const centre = Math.min(here, measured.to);
    stage.range.value = {
      from: Math.max(0, Math.floor(centre - half)),
      to: Math.ceil(centre + half),
    };
  };
  const actions: Record<string, () => void> = {
    ArrowLeft: () => go(here - move),
    ArrowRight: () => go(here + move),
    Home: () => go(from),
    End: () => go(to),
    "+": () => zoom(0.5),
    "-": () => zoom(2),
    "0": () => {
      stage.range.value = null;
    },
    Escape: () => {
      stage.cursor.value = null;
    },
  };
  const action = actions[key];
  action?.();
  return action !== undefined;
}

/** Null where nothing of it is inside. */
function clipped({ from, to }: Range, limits: Range): Range | null {
  if (from >= limits.to) return null;
  return {
    from: Math.max(Math.floor(from), Math.floor(limits.from)),
    to: Math.min(Math.max(Math.ceil(to), Math.floor(from) + 1), Math.ceil(limits.to)),
  };
}
