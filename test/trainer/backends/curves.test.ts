import { copyFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { TrainerBench } from "../../helpers/trainer.ts";
import { SOFTWARE_GPU, whyNoWebgpu } from "./softwareGpu.ts";

const bench = new TrainerBench();
afterAll(() => bench.remove());
copyFileSync("examples/digits.csv", join(bench.folder, "digits.csv"));

const STEPS = 50;
/** The project's own packages, and what the environment names beside them. */
const VITALS_BACKENDS = [process.cwd(), process.env["VITALS_BACKENDS"] ?? ""].join(delimiter);
const ENVIRONMENT = {
  ...(whyNoWebgpu === null && !process.env["VK_ICD_FILENAMES"] && SOFTWARE_GPU),
  VITALS_BACKENDS,
};

const common = {
  data: { csv: "digits.csv", label: "digit", shape: [8, 8, 1] },
  loss: "sparseCategoricalCrossentropy",
  optimizer: { type: "adam", clipNorm: 1 },
  batchSize: 16,
  epochs: 1,
};
const output = { type: "dense", units: 10, activation: "softmax" };
const RECIPES = {
  "a dense net": bench.write("dense.train.json", {
    ...common,
    layers: [
      { type: "flatten" },
      { type: "dense", units: 32, activation: "relu", kernelInitializer: "heNormal" },
      { type: "dropout", rate: 0.2 },
      { type: "dense", units: 32, activation: "tanh" },
      output,
    ],
  }),
  "a convolutional net": bench.write("convolution.train.json", {
    ...common,
    layers: [
      { type: "conv2d", filters: 8, kernelSize: 3, padding: "same", kernelInitializer: "auto" },
      { type: "batchNormalization" },
      { type: "activation", activation: "relu" },
      { type: "maxPooling2d" },
      {
        type: "residual",
        layers: [{ type: "conv2d", filters: 8, kernelSize: 3, padding: "same" }],
      },
      { type: "globalAveragePooling2d" },
      output,
    ],
  }),
};

async function curve(recipe: string, backend: string) {
  const args = ["--backend", backend, "--max-steps", String(STEPS)];
  const { stderr, steps } = await bench.train(recipe, args, ENVIRONMENT);
  return { stderr, losses: steps.map(({ loss }) => loss) };
}

/** Why a backend does not start here; null where it does. */
async function whyNot(backend: string): Promise<string | null> {
  const args = ["--backend", backend, "--max-steps", "1"];
  const { code, stderr } = await bench.train(RECIPES["a dense net"], args, ENVIRONMENT);
  return code === 0 ? null : (/does not start: (.*?); run/.exec(stderr)?.[1] ?? stderr);
}

const reasons = new Map<string, string | null>();
for (const backend of ["cuda", "native", "webgpu", "wasm"]) {
  reasons.set(backend, (await whyNot(backend))?.replaceAll(process.cwd(), ".") ?? null);
}

describe.each(Object.entries(RECIPES))(
  "%s has the same loss curve over 50 steps as on cpu",
  (_, file) => {
    const reference = curve(file, "cpu");
    for (const [backend, reason] of reasons) {
      it.skipIf(reason)(`on ${backend}${reason ? ` (skipped: ${reason})` : ""}`, async () => {
        const { losses } = await curve(file, backend);
        const expected = (await reference).losses;
        expect(losses).toHaveLength(STEPS);
        for (const [i, loss] of losses.entries()) {
          // Rounding in 32 bits, which grows with every step; events hold 7 digits.
          const tolerance = 2e-6 + 2e-7 * i;
          expect(Math.abs(loss / expected[i]! - 1), `step ${i + 1}`).toBeLessThan(tolerance);
        }
      });
    }
  },
);
