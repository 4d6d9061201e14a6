import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { initializerText } from "../../../trainer/script/describe/initializer.ts";

test.each([
  [tf.initializers.heNormal({ seed: 3 }), "heNormal"],
  [tf.initializers.leCunUniform({}), "leCunUniform"],
  [tf.initializers.zeros(), "zeros"],
  [tf.initializers.constant({ value: 0.1 }), "constant(value=0.1)"],
  [tf.initializers.randomNormal({ stddev: 1, seed: 2 }), "randomNormal(stddev=1)"],
  [tf.initializers.randomUniform({ minval: -1, maxval: 2 }), "randomUniform(minval=-1, maxval=2)"],
  [tf.initializers.orthogonal({ gain: 1 }), "orthogonal"],
  [tf.initializers.orthogonal({ gain: 2 }), "orthogonal(gain=2)"],
])("an initializer is spelled as a recipe spells it: %#", (initializer, text) => {
  expect(initializerText(initializer)).toBe(text);
});
