/** Residual blocks of two layers around those that are there (He et al. 2016). */
import { isRectifier } from "../../diagnosis/theory/activations.ts";
import { applyEdits, type TextEdit } from "../textEdit.ts";
import { ownActivation } from "./activations.ts";
import { insertAfter, newlineOf, ownIndent, setProperty } from "./edit.ts";
import { activationLayer, normalizationFor, withoutBias } from "./normalization.ts";
import {
  layersBehind,
  layersNamed,
  type PlacedRecipeLayer,
  type RecipeText,
  type Write,
} from "./recipe.ts";

const LAYERS_A_BLOCK = 2;
/** What belongs to the layer before it. */
const FOLLOWERS = ["batchNormalization", "layerNormalization", "activation", "prelu", "dropout"];

/** A layer with weights, and what belongs to it. */
type Stage = [PlacedRecipeLayer, ...PlacedRecipeLayer[]];

export const writeResidualBlocks: Write = (recipe, { layers }) =>
  blocksOf(
    recipe,
    layersNamed(recipe, layers).map((placed) => stageOf(recipe, placed)),
  ).map((block) => wrapped(recipe, block));

function stageOf(recipe: RecipeText, placed: PlacedRecipeLayer): Stage {
  const behind = layersBehind(recipe, placed);
  const end = behind.findIndex(({ layer }) => !FOLLOWERS.includes(layer.type));
  return [placed, ...behind.slice(0, end < 0 ? undefined : end)];
}

/** Stages that stand right behind each other, two by two. */
function blocksOf(recipe: RecipeText, stages: readonly Stage[]): Stage[][] {
  const blocks: Stage[][] = [];
  for (const stage of stages) {
    const block = blocks.at(-1);
    const before = block?.at(-1)?.at(-1);
    const adjoins = before && layersBehind(recipe, before)[0] === stage[0];
    if (block && adjoins && block.length < LAYERS_A_BLOCK) block.push(stage);
    else blocks.push([stage]);
  }
  return blocks;
}

/**
 * One replacement of the whole block, in which all but the new parts is as it was. What is added to the input is
 * normalised, for otherwise the signal's variance doubles with every block (Zhang et al. 2019).
 */
function wrapped(recipe: RecipeText, block: readonly Stage[]): TextEdit {
  const { text } = recipe;
  const all = block.flat();
  const first = all[0]!.node;
  const last = all.at(-1)!.node;
  const offset = first.offset;
  const end = last.offset + last.length;
  const { edits, appended, activation } = ending(recipe, block.at(-1)!);
  const inside = applyEdits(
    text.slice(offset, end),
    edits.map((edit) => ({ ...edit, offset: edit.offset - offset })),
  );
  const indent = ownIndent(text, first);
  const after = activation === undefined ? "" : `"activation": "${activation}"`;
  return {
    offset,
    length: end - offset,
    text:
      indent === undefined
        ? `{ "type": "residual", "layers": [${[inside, ...appended].join(", ")}]${after && `, ${after}`} }`
        : onLines([inside, ...appended], after, indent, newlineOf(text)),
  };
}

/** How a block ends: what changes in it, what comes behind, and the activation of the sum. */
function ending(
  recipe: RecipeText,
  stage: Stage,
): { edits: TextEdit[]; appended: string[]; activation?: string } {
  const [placed, ...followers] = stage;
  const own = ownActivation(placed);
  const hasNorm = followers.some(({ layer }) => layer.type.endsWith("Normalization"));
  const added = hasNorm ? [] : [normalizationFor(recipe)];
  const sumActivation = isRectifier(own) ? own : undefined;
  // A saturating activation of the sum would bar the way that the block is to open.
  if (own !== "linear" && sumActivation === undefined) added.push(activationLayer(own));
  const edits = hasNorm ? [] : withoutBias(recipe, placed);
  if (own !== "linear")
    edits.push(...setProperty(recipe.text, placed.node, "activation", '"linear"'));
  const isLast = followers.length === 0;
  if (!isLast && added.length > 0) edits.push(...insertAfter(recipe.text, placed.node, ...added));
  return {
    edits,
    appended: isLast ? added : [],
    ...(sumActivation !== undefined && { activation: sumActivation }),
  };
}

function onLines(
  inside: readonly string[],
  after: string,
  indent: string,
  newline: string,
): string {
  const step = indent.includes("\t") ? "\t" : "  ";
  const key = `${newline}${indent}${step}`;
  const entry = `${key}${step}`;
  // Lines of the old layers keep their indentation among each other.
  const deeper = inside.map((part) => part.replaceAll(`${newline}${indent}`, entry));
  return [
    "{",
    `${key}"type": "residual",`,
    `${key}"layers": [${entry}${deeper.join(`,${entry}`)}${key}]`,
    ...(after && [`,${key}${after}`]),
    `${newline}${indent}}`,
  ].join("");
}
