/** What a `.vitals.json` may say, read off the detectors: which symptoms there are, and which numbers decide. */
import type { Detector } from "../../diagnosis/detector.ts";
import { DETECTORS } from "../../diagnosis/detectors/index.ts";
import { SYMPTOMS } from "../../diagnosis/finding.ts";
import type { Schema } from "../../recipe/check.ts";

/** JSON Schema, with what the editor shows beside a key. */
export interface Described extends Schema {
  title?: string;
  description?: string;
  default?: number;
  uniqueItems?: boolean;
  additionalProperties?: boolean;
  items?: Described & { enumDescriptions?: string[] };
  properties?: Record<string, Described>;
}

const silence: Described = {
  type: "array",
  description: "Symptoms that are not looked for.",
  uniqueItems: true,
  items: {
    title: "Symptom",
    enum: [...SYMPTOMS],
    enumDescriptions: SYMPTOMS.map((symptom) => detectorOf(symptom)?.lesson ?? ""),
  },
};

const thresholds: Described = {
  type: "object",
  description: "Numbers that decide, in place of the usual ones, by symptom.",
  additionalProperties: false,
  properties: Object.fromEntries(
    DETECTORS.filter((detector) => Object.keys(detector.thresholds).length > 0).map((detector) => [
      detector.symptom,
      thresholdsOf(detector),
    ]),
  ),
};

/** Of the whole file; the two properties are the editor's settings too. */
export const OPTIONS_SCHEMA = {
  title: "Training Vitals: what is looked for, and from which numbers on",
  type: "object",
  additionalProperties: false,
  properties: { silence, thresholds },
} satisfies Described;

/**
 * For the editor's completion and hover. It forbids nothing: what is wrong is said by `readOptions`, in better words,
 * and would stand twice among the Problems.
 */
export function editorSchema(): Record<string, unknown> {
  const { title, properties } = OPTIONS_SCHEMA;
  const { items, ...list } = properties.silence;
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    allowComments: true,
    allowTrailingCommas: true,
    title,
    properties: {
      $schema: {},
      silence: { description: list.description, items: { anyOf: [items, {}] } },
      thresholds: {
        description: properties.thresholds.description,
        properties: Object.fromEntries(
          Object.entries(properties.thresholds.properties ?? {}).map(([symptom, schema]) => [
            symptom,
            { description: schema.description, properties: suggested(schema.properties ?? {}) },
          ]),
        ),
      },
    },
  };
}

function suggested(numbers: Record<string, Described>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, { description, default: usual }]) => [
      name,
      { description, default: usual },
    ]),
  );
}

function thresholdsOf({ symptom, lesson, thresholds }: Detector): Described {
  return {
    type: "object",
    description: `${symptom}. ${lesson}.`,
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(thresholds).map(([name, { value, what, source }]) => [
        name,
        {
          type: "number",
          ...signOf(value),
          default: value,
          description: `${capital(what)}; usually ${value}. ${source}.`,
        },
      ]),
    ),
  };
}

/** A number keeps its sign: none of them means anything at 0. */
function signOf(value: number): Schema {
  return value < 0 ? { exclusiveMaximum: 0 } : { exclusiveMinimum: 0 };
}

function detectorOf(symptom: string): Detector | undefined {
  return DETECTORS.find((detector) => detector.symptom === symptom);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
