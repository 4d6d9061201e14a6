/** Loss, output activation and targets that go together. */
import { activationFor, type Ending, endingFor } from "../../diagnosis/remedies/output.ts";
import type { TextEdit } from "../textEdit.ts";
import { activationHolder, ownActivation } from "./activations.ts";
import { setProperties, setProperty } from "./edit.ts";
import {
  layersNamed,
  type PlacedRecipeLayer,
  type RecipeText,
  section,
  type Write,
} from "./recipe.ts";
import { removeProperties } from "./remove.ts";

/** A cross-entropy compares with classes: how these become numbers is no setting any more. */
export const writeLoss: Write = (recipe, { layers, value }) => {
  const { targets = "values" } = recipe.recipe.data;
  const kind = targets === "values" ? "number" : "class";
  const { loss, activation } = endingFor(kind, value ?? (targets === "oneHot" ? 2 : 1), value ?? 2);
  const data = section(recipe, "data");
  return [
    ...setProperty(recipe.text, recipe.root, "loss", `"${loss}"`),
    ...removeProperties(recipe.text, data, kind === "class" ? ["targets"] : []),
    ...layersNamed(recipe, layers).flatMap((placed) => ending(recipe, placed, activation, value)),
  ];
};

export const writeOutput: Write = (recipe, { layers, value }) =>
  layersNamed(recipe, layers).flatMap((placed) => {
    const { data, loss } = recipe.recipe;
    if (ownActivation(activationHolder(recipe, placed)) === "tanh" && data.targets === "zeroOne") {
      return setProperty(recipe.text, section(recipe, "data"), "targets", '"plusMinusOne"');
    }
    return ending(recipe, placed, activationFor(loss) ?? "linear", value);
  });

function ending(
  recipe: RecipeText,
  placed: PlacedRecipeLayer,
  name: Ending["activation"],
  units: number | null,
): TextEdit[] {
  const { text } = recipe;
  const holder = activationHolder(recipe, placed);
  const activation = { activation: `"${name}"` };
  const size = units === null ? {} : { units: String(units) };
  return holder.node === placed.node
    ? setProperties(text, placed.node, { ...activation, ...size })
    : [...setProperties(text, holder.node, activation), ...setProperties(text, placed.node, size)];
}
