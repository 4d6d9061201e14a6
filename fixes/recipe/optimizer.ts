/** The optimizer, its settings and its schedule. */
import { OPTIMIZERS } from "../../recipe/optimizers/index.ts";
import { propertyOf, setProperties, setProperty } from "./edit.ts";
import { NotApplicable, required, section, type Write } from "./recipe.ts";
import { removeProperties } from "./remove.ts";

export const writeLearningRate: Write = (recipe, { value }) =>
  setProperty(recipe.text, section(recipe, "optimizer"), "learningRate", String(value));

/** Clipping by norm; by value goes, for both would clip twice. */
export const writeClipNorm: Write = (recipe, { value }) => {
  const optimizer = section(recipe, "optimizer");
  const norm = decimal(value ?? 1);
  const byValue = optimizer.children?.find((entry) => entry.children?.[0]?.value === "clipValue");
  if (!byValue) return setProperty(recipe.text, optimizer, "clipNorm", norm);
  if (!propertyOf(optimizer, "clipNorm")) {
    return [{ offset: byValue.offset, length: byValue.length, text: `"clipNorm": ${norm}` }];
  }
  return [
    ...setProperty(recipe.text, optimizer, "clipNorm", norm),
    ...removeProperties(recipe.text, optimizer, ["clipValue"]),
  ];
};

/** Without a value: Nesterov's look-ahead, which goes along the classic velocity. */
export const writeMomentum: Write = (recipe, { value }) => {
  const optimizer = section(recipe, "optimizer");
  const { type } = recipe.recipe.optimizer;
  if (type !== "sgd") throw new NotApplicable(`${type} has no momentum that could be set.`);
  if (value !== null) return setProperty(recipe.text, optimizer, "momentum", String(value));
  const form = propertyOf(optimizer, "momentumForm") ? { momentumForm: '"classic"' } : {};
  return setProperties(recipe.text, optimizer, { nesterov: "true", ...form });
};

/** What both optimizers know stays; what Adam does not know goes. */
export const writeAdam: Write = (recipe, { value }) => {
  const optimizer = section(recipe, "optimizer");
  const foreign = Object.keys(recipe.recipe.optimizer).filter(
    (key) => !(key in OPTIMIZERS.adam.properties),
  );
  const rate = propertyOf(optimizer, "learningRate") ? { learningRate: String(value) } : {};
  return [
    ...setProperties(recipe.text, optimizer, { type: '"adam"', ...rate }),
    ...removeProperties(recipe.text, optimizer, foreign),
  ];
};

export const writeUsualSettings: Write = (recipe) => {
  const optimizer = section(recipe, "optimizer");
  const known = OPTIMIZERS[recipe.recipe.optimizer.type].properties;
  const usual = Object.entries(known).flatMap(([key, schema]) => {
    const isMoved =
      ["beta1", "beta2", "rho", "epsilon"].includes(key) && propertyOf(optimizer, key);
    return isMoved && "default" in schema ? [[key, String(schema.default)]] : [];
  });
  return setProperties(recipe.text, optimizer, Object.fromEntries(usual));
};

export const writeWarmupCosine: Write = (recipe, { value }) =>
  setProperty(
    recipe.text,
    section(recipe, "optimizer"),
    "schedule",
    `{ "type": "warmupCosine", "warmupEpochs": ${value} }`,
  );

export const writeReduceOnPlateau: Write = (recipe, { value }) =>
  setProperty(
    recipe.text,
    section(recipe, "optimizer"),
    "schedule",
    `{ "type": "reduceOnPlateau", "factor": 0.1, "patience": ${value} }`,
  );

/** What a schedule's length is called, by its type. */
const LENGTH: Record<string, string> = {
  step: "every",
  exponential: "factor",
  warmupCosine: "warmupEpochs",
};

export const writeScheduleLength: Write = (recipe, { value }) => {
  const schedule = required(section(recipe, "optimizer"), "schedule", "The optimizer");
  const type = propertyOf(schedule, "type")?.value;
  const key = LENGTH[type];
  if (!key) throw new NotApplicable(`The schedule ${type} takes its length from the run.`);
  return setProperty(recipe.text, schedule, key, String(value));
};

/** `1.0`, as lesson 003 writes clipping norms; `0.25`. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
