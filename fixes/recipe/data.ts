/** What the recipe says of its data: scaling, split, augmentation, order. */
import { propertyOf, setProperties, setProperty } from "./edit.ts";
import { NotApplicable, required, section, type Write } from "./recipe.ts";

/** Left out, the inputs are standardised. */
export const writeStandardize: Write = (recipe) => {
  const data = section(recipe, "data");
  return propertyOf(data, "scaling")
    ? setProperty(recipe.text, data, "scaling", '"standardize"')
    : [];
};

export const writeWhiten: Write = (recipe) =>
  setProperty(recipe.text, section(recipe, "data"), "scaling", '"whiten"');

/** Test files of their own take no share. */
export const writeSplit: Write = (recipe, { value }) => {
  const share = value ?? 0;
  const test = recipe.recipe.data.idx?.testImages === undefined ? share : 0;
  const train = Number((1 - share - test).toPrecision(4));
  const tested = test > 0 ? `, "test": ${test}` : "";
  return setProperty(
    recipe.text,
    section(recipe, "data"),
    "split",
    `{ "train": ${train}, "validation": ${share}${tested} }`,
  );
};

export const writeAugment: Write = (recipe) => {
  const data = section(recipe, "data");
  if (propertyOf(data, "augment")) return [];
  return setProperty(recipe.text, data, "augment", '{ "rotate": 5, "crop": 0.9, "noise": 0.05 }');
};

/** Left out, the order is new in every epoch. */
export const writeShuffle: Write = (recipe) =>
  recipe.recipe.shuffle === false ? setProperty(recipe.text, recipe.root, "shuffle", "true") : [];

export const writeCap: Write = (recipe, { value }) => {
  const emphasis = required(recipe.root, "emphasis", "The recipe");
  const { cap, power } = recipe.recipe.emphasis ?? {};
  if (value === null) throw new NotApplicable("There is no cap to set.");
  return setProperties(recipe.text, emphasis, {
    ...(cap !== undefined && cap > value && { cap: String(value) }),
    // The cap is taken to this power too.
    ...(power !== undefined && power > 1 && { power: "1" }),
  });
};
