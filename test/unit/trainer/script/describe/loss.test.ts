import { expect, test } from "vitest";
import { lossName } from "../../../../../trainer/script/describe/loss.ts";

/** As TensorFlow.js names the functions of `tf.losses`. */
const operation = Object.defineProperty(() => {}, "name", { value: "absoluteDifference__op" });

test.each([
  ["a name", "categoricalCrossentropy", "categoricalCrossentropy"],
  ["a short name", "mse", "meanSquaredError"],
  ["a function of the script's", function focal() {}, "focal"],
  ["a function in the call itself", { loss: () => 0 }.loss, "custom"],
  ["an operation", operation, "absoluteDifference"],
  ["several", ["mse", "binaryCrossentropy"], "meanSquaredError + binaryCrossentropy"],
  ["several by output", { a: "mae" }, "meanAbsoluteError"],
])("%s", (_, loss, name) => {
  expect(lossName(loss)).toBe(name);
});
