/** How long and in which portions is trained. */
import { propertyOf, setProperty } from "./edit.ts";
import { required, type Write } from "./recipe.ts";

export const writeEpochs: Write = (recipe, { value }) =>
  setProperty(recipe.text, recipe.root, "epochs", String(value));

export const writeBatchSize: Write = (recipe, { value }) =>
  setProperty(recipe.text, recipe.root, "batchSize", String(value));

export const writeDropRemainder: Write = (recipe) =>
  setProperty(recipe.text, recipe.root, "dropRemainder", "true");

export const writeEarlyStopping: Write = (recipe, { value }) => {
  const present = propertyOf(recipe.root, "earlyStopping");
  return present
    ? setProperty(recipe.text, present, "patience", String(value))
    : setProperty(
        recipe.text,
        recipe.root,
        "earlyStopping",
        `{ "patience": ${value}, "restoreBestWeights": true }`,
      );
};

export const writeRestoreBest: Write = (recipe) =>
  setProperty(
    recipe.text,
    required(recipe.root, "earlyStopping", "The recipe"),
    "restoreBestWeights",
    "true",
  );
