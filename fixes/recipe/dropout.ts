/** Dropout layers: new ones, their rates, and none. */
import { insertAfter, setProperty } from "./edit.ts";
import { layersNamed, type Write } from "./recipe.ts";
import { removeEntries } from "./remove.ts";

export const writeDropout: Write = (recipe, { layers, value }) =>
  layersNamed(recipe, layers).flatMap(({ node }) =>
    insertAfter(recipe.text, node, `{ "type": "dropout", "rate": ${value} }`),
  );

export const writeDropoutRate: Write = (recipe, { layers, value }) =>
  layersNamed(recipe, layers).flatMap(({ node }) =>
    setProperty(recipe.text, node, "rate", String(value)),
  );

export const writeNoDropout: Write = (recipe, { layers }) => {
  const nodes = layersNamed(recipe, layers).map(({ node }) => node);
  const lists = new Set(nodes.flatMap(({ parent }) => (parent ? [parent] : [])));
  return [...lists].flatMap((list) =>
    removeEntries(
      recipe.text,
      list,
      nodes.filter(({ parent }) => parent === list),
    ),
  );
};
