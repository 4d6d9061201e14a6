/** Every group of figures. A new group: one file and one line here. */

import type { LessonRow } from "../../telemetry/lessonRow.ts";
import type { Backend } from "../backends/backend.ts";
import { batchNormalizationFigures } from "./batchNormalization.ts";
import { clippingFigures } from "./clipping.ts";
import { dataFigures } from "./data.ts";
import { dropoutFigures } from "./dropout.ts";
import { compare, type Figure } from "./figure.ts";
import { generalizationFigures } from "./generalization.ts";
import { gradientChainFigures } from "./gradientChain.ts";
import { initialScaleFigures } from "./initialScale.ts";
import { initialSignalFigures } from "./initialSignal.ts";
import { learningRateFigures } from "./learningRate.ts";
import { optimizerFigures } from "./optimizers.ts";
import { recommendationFigures } from "./recommendations.ts";
import { residualFigures } from "./residual.ts";
import { scheduleFigures } from "./schedules.ts";
import { stoppingFigures } from "./stopping.ts";
import { symmetryFigures } from "./symmetry.ts";
import { unitFigures } from "./units.ts";
import { updateFigures } from "./updates.ts";
import { weightDecayFigures } from "./weightDecay.ts";

type Group = (backend: Backend) => Figure[] | Promise<Figure[]>;

const GROUPS: Group[] = [
  initialScaleFigures,
  initialSignalFigures,
  symmetryFigures,
  gradientChainFigures,
  learningRateFigures,
  scheduleFigures,
  optimizerFigures,
  updateFigures,
  clippingFigures,
  weightDecayFigures,
  dropoutFigures,
  batchNormalizationFigures,
  stoppingFigures,
  dataFigures,
  generalizationFigures,
  residualFigures,
  unitFigures,
  recommendationFigures,
];

/** All of them as rows, in the order of the lessons and their lines. */
export async function lessonRows(backend: Backend): Promise<LessonRow[]> {
  const rows: LessonRow[] = [];
  for (const group of GROUPS) rows.push(...(await group(backend)).map(compare));
  return rows.sort((a, b) => a.lesson.localeCompare(b.lesson) || a.line - b.line);
}
