import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CHANGES, withoutTelemetry } from "../../bench/peers/unmeasured.mjs";

it.each(Object.keys(CHANGES))("finds in %s all that it takes out", (file) => {
  expect(withoutTelemetry(file)).not.toBe(readFileSync(file, "utf8"));
});
