import { expect, test } from "vitest";
import { typeName } from "../../../../../trainer/script/describe/spelling.ts";

test.each([
  ["Dense", "dense"],
  ["Conv2D", "conv2d"],
  ["GlobalAveragePooling2D", "globalAveragePooling2d"],
  ["BatchNormalization", "batchNormalization"],
  ["PReLU", "prelu"],
  ["RMSProp", "rmsprop"],
])("%s is %s in a recipe", (className, name) => {
  expect(typeName(className)).toBe(name);
});
