/** What the editor completes is what the detectors declare: in `.vitals.json` and in the settings. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DETECTORS } from "../../../../diagnosis/detectors/index.ts";
import { SYMPTOMS } from "../../../../diagnosis/finding.ts";
import { readOptions } from "../../../../runs/options/read.ts";
import { editorSchema } from "../../../../runs/options/schema.ts";

interface Numbers {
  properties: Record<string, { default: number; description: string }>;
}
interface Settings {
  silence: { items: { enum: string[]; enumDescriptions: string[] } };
  thresholds: { properties: Record<string, Numbers> };
}

const declared = DETECTORS.filter(({ thresholds }) => Object.keys(thresholds).length > 0);

/** Name, usual value and source of every threshold, from where the detectors declare them. */
const expected = declared.flatMap(({ symptom, thresholds }) =>
  Object.entries(thresholds).map(([name, { value, source }]) => [symptom, name, value, source]),
);

function completed({ thresholds }: Pick<Settings, "thresholds">) {
  return Object.entries(thresholds.properties).flatMap(([symptom, { properties }]) =>
    Object.entries(properties).map(([name, { default: usual, description }]) => {
      const source = expected.find((row) => row[0] === symptom && row[1] === name)?.[3];
      return [symptom, name, usual, description.endsWith(`${source}.`) ? source : description];
    }),
  );
}

test("the file completes every symptom and every threshold", () => {
  const { properties } = editorSchema() as {
    properties: { silence: { items: { anyOf: [{ enum: string[] }] } } } & Pick<
      Settings,
      "thresholds"
    >;
  };
  expect(properties.silence.items.anyOf[0].enum).toEqual([...SYMPTOMS]);
  expect(completed(properties)).toEqual(expected);
});

test("so do the settings of the manifest", () => {
  const { properties } = JSON.parse(readFileSync("package.json", "utf8")).contributes.configuration;
  const { "vitals.silence": silence, "vitals.thresholds": thresholds } = properties;
  expect(silence.items.enum).toEqual([...SYMPTOMS]);
  expect(silence.items.enumDescriptions).toHaveLength(SYMPTOMS.length);
  expect(completed({ thresholds })).toEqual(expected);
});

test("a file that says every threshold as it usually is has no mistake", () => {
  const thresholds = Object.fromEntries(
    declared.map(({ symptom, thresholds }) => [
      symptom,
      Object.fromEntries(Object.entries(thresholds).map(([name, { value }]) => [name, value])),
    ]),
  );
  expect(readOptions(JSON.stringify({ silence: SYMPTOMS, thresholds })).problems).toEqual([]);
});
