/** Settings that the lessons recommend: a recipe takes them as they are. */
import { learningRateOf } from "../../recipe/optimizers/index.ts";
import { readRecipe } from "../../recipe/read.ts";
import type { Figure } from "./figure.ts";

const ADAM = { type: "adam", learningRate: 0.001 };

/** Mistakes that are found in a recipe with these settings. */
function problems(settings: Record<string, unknown>): string[] {
  const recipe = {
    data: { csv: "rows.csv", label: "y" },
    layers: [
      {
        type: "dense",
        units: 64,
        activation: "relu",
        kernelInitializer: "heNormal",
        kernelRegularizer: settings["kernelRegularizer"] ?? {},
      },
      { type: "dropout", rate: settings["rate"] ?? 0.5 },
      { type: "dense", units: 3, activation: "softmax" },
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: settings["optimizer"] ?? ADAM,
    batchSize: settings["batchSize"] ?? 32,
    epochs: 200,
    ...(settings["patience"] !== undefined && {
      earlyStopping: { patience: settings["patience"] },
    }),
  };
  return readRecipe(JSON.stringify(recipe)).problems.map(({ message }) => message);
}

function accepted(
  at: string,
  what: string,
  lesson: string,
  each: Record<string, unknown>[],
): Figure {
  const found = each.flatMap(problems);
  return { at, what, lesson, ours: { text: found[0] ?? "accepted", holds: found.length === 0 } };
}

function warmup(warmupEpochs: number) {
  return { optimizer: { ...ADAM, schedule: { type: "warmupCosine", warmupEpochs } } };
}

export function recommendationFigures(): Figure[] {
  const optimizer = (settings: Record<string, unknown>) => ({ optimizer: settings });
  const batchSizes = (sizes: number[]) => sizes.map((batchSize) => ({ batchSize }));
  return [
    accepted(
      "000:121",
      "momentum",
      "0.9 to 0.99",
      [0.9, 0.99].map((momentum) => optimizer({ type: "sgd", momentum })),
    ),
    accepted("000:183", "batch sizes", "32, 64, 128, 256", batchSizes([32, 64, 128, 256])),
    accepted("000:196", "weight decay", "0.001", [{ kernelRegularizer: { l2: 0.001 } }]),
    accepted("001:255", "warm-up of 200 epochs", "5-10 %", [warmup(10), warmup(20)]),
    accepted("001:329", "batch size", "32-256", batchSizes([32, 256])),
    accepted(
      "001:361",
      "configuration: rate, warm-up, epochs, dropout, patience",
      "0.001, 10, 200, 0.3, 15",
      [{ ...warmup(10), rate: 0.3, patience: 15 }],
    ),
    accepted("002:52", "batch size", "32–512", batchSizes([32, 512])),
    accepted(
      "002:110",
      "learning rate of Adam and AdamW",
      "1e-3 to 3e-4",
      ["adam", "adamw"].flatMap((type) =>
        [1e-3, 3e-4].map((learningRate) => optimizer({ type, learningRate })),
      ),
    ),
    accepted("002:110", "weight decay", "1e-4", [
      optimizer({ type: "adamw", learningRate: 0.001, weightDecay: 1e-4 }),
      { kernelRegularizer: { l2: 1e-4 } },
    ]),
    accepted("003:154", "batch sizes", "32, 64, 128, 256", batchSizes([32, 64, 128, 256])),
    {
      at: "003:169",
      what: "learning rates to start from: Adam, plain SGD",
      lesson: "0.001, 0.01",
      ours: [learningRateOf({ type: "adam" }), learningRateOf({ type: "sgd" })],
    },
    accepted(
      "003:214",
      "clip by norm at",
      "1.0 or 5.0",
      [1, 5].map((clipNorm) => optimizer({ ...ADAM, clipNorm })),
    ),
  ];
}
