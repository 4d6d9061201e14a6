import { describe, expect, it } from "vitest";
import type { Observation } from "../../../../diagnosis/detector.ts";
import { History } from "../../../../diagnosis/history.ts";
import { REMEDIES } from "../../../../diagnosis/remedies/index.ts";
import type { DataEvent, InitialEvent, LayerInfo, RunEvent } from "../../../../telemetry/events.ts";
import { endEvent, epochEvent, layerInfo, runEvent, stepEvent } from "../../../helpers/events.ts";

interface Seen {
  run?: Partial<RunEvent>;
  layers?: LayerInfo[];
  data?: Partial<DataEvent>;
  identicalUnits?: number[];
  /** The share of the weights that each of the first updates changes. */
  update?: number;
  weightNorm?: (number | null)[];
  /** Of the last step. */
  rate?: number;
  /** Training loss after each epoch. */
  losses?: number[];
  emphasized?: boolean;
  observation?: Partial<Omit<Observation, "evidence">> & {
    evidence?: Partial<Observation["evidence"][number]>[];
  };
}

function propose(id: string, seen: Seen = {}) {
  const history = new History();
  const layers = seen.layers ?? runEvent().layers;
  history.push(runEvent({ layers, ...seen.run }));
  if (seen.data) {
    const inputs = { mean: 0, std: 1, min: -3, max: 3 };
    history.push({ kind: "data", features: 64, inputs, labels: [], ...seen.data });
  }
  if (seen.identicalUnits) {
    history.push({ kind: "initial", identicalUnits: seen.identicalUnits } as InitialEvent);
  }
  const learningRate = seen.rate ?? seen.run?.optimizer?.learningRate ?? 0.001;
  for (let step = 1; step <= 20; step++) {
    const updateRatio = layers.map(() => seen.update ?? null);
    const columns = { updateRatio, ...(seen.weightNorm && { weightNorm: seen.weightNorm }) };
    if (seen.update !== undefined || seen.weightNorm) {
      history.push(stepEvent({ step, learningRate, layers: columns }));
    } else if (seen.rate !== undefined) {
      history.push(stepEvent({ step, learningRate }));
    }
  }
  seen.losses?.forEach((loss, i) => {
    history.push(epochEvent(i + 1, { loss }, null));
  });
  if (seen.emphasized) {
    const emphasized = { share: 0.6, rows: [3] };
    history.push({ ...epochEvent(1, { loss: 1 }, null), emphasized });
  }
  if (seen.losses) history.push(endEvent({ epoch: seen.losses.length }));
  const observation = { layers: [], evidence: [], firstStep: 1, ...seen.observation };
  const remedy = REMEDIES.find((candidate) => candidate.id === id);
  return remedy?.propose(observation as unknown as Observation, history);
}

const optimizer = (name: string, learningRate: number, settings = {}) => ({
  optimizer: { name, learningRate, settings },
});
const hidden = (name: string, activation: string | null, more: Partial<LayerInfo> = {}) =>
  layerInfo(name, { activation, ...more });
const passive = (name: string, type: string, more: Partial<LayerInfo> = {}) =>
  layerInfo(name, { type, activation: null, parameters: 0, fanIn: null, fanOut: null, ...more });
const output = (activation: string, units = 10) =>
  layerInfo("output", { activation, units, fanOut: units, parameters: units * 65 });
const deep = (activation: string, count = 4) =>
  Array.from({ length: count }, (_, i) => hidden(`h${i + 1}`, activation));

describe("raise learning rate", () => {
  it.each([
    // [optimizer, rate, share of the weights an update changes, proposed]
    ["adam", 1e-7, 1e-6, 0.001], // far below the usual start: there
    ["adam", 1e-7, undefined, 0.001],
    ["sgd", 1e-4, 0.002, 0.0005], // but no update above 1 % of the weights
    ["adam", 0.001, 1e-6, 0.01], // at the usual start: S0-08, at most ten times …
    ["adam", 0.001, 0.0005, 0.005], // … and at least three
    ["rmsprop", 0.001, undefined, 0.01],
    ["unknown", 0.001, undefined, 0.01],
  ])("%s at %d with updates of %s goes to %d", (name, rate, update, proposed) => {
    const seen = { run: optimizer(name, rate), ...(update !== undefined && { update }) };
    expect(propose("raise-learning-rate", seen)?.value).toBe(proposed);
  });

  it("says by what", () => {
    const seen = { run: optimizer("adam", 1e-7), update: 1e-6 };
    expect(propose("raise-learning-rate", seen)?.title).toBe(
      "Raise the learning rate from 1e-7 to 0.001 (updates change the weights by 0.0001 % a step)",
    );
  });

  it("is not offered where updates are large already, nor where a schedule made the rate small", () => {
    expect(
      propose("raise-learning-rate", { run: optimizer("adam", 0.001), update: 0.005 }),
    ).toBeUndefined();
    expect(
      propose("raise-learning-rate", { run: optimizer("adam", 0.001), rate: 1e-6 }),
    ).toBeUndefined();
  });
});

describe("lower learning rate", () => {
  it("keeps the rate that the run began with where the script raised it later", () => {
    const seen = { run: optimizer("adam", 0.001), rate: 0.1 };
    expect(propose("lower-learning-rate", seen)).toMatchObject({
      title: "Keep the learning rate at 0.001: the script raises it to 0.1",
      value: 0.001,
    });
  });

  it("goes by the rate that is set where a schedule has lowered it since", () => {
    const seen = { run: optimizer("adam", 0.1), rate: 0.0001 };
    expect(propose("lower-learning-rate", seen)?.value).toBe(0.01);
  });
});

describe("initialisation", () => {
  /** The norm of a layer of 64 by 64 with that standard deviation. */
  const norm = (std: number) => 64 * std;

  it("S0-01: sigmoid layers that start too large get Xavier's scale", () => {
    const seen = {
      layers: [...deep("sigmoid", 2), output("softmax")],
      weightNorm: [norm(2), norm(2), 4],
    };
    const proposal = propose("xavier-initialization", seen);
    expect(proposal?.layers).toEqual(["h1", "h2"]);
    expect(proposal?.title).toContain("0.125 instead of 2"); // √(2 / 128)
    expect(propose("he-initialization", seen)).toBeUndefined();
  });

  it("selu gets LeCun's", () => {
    const seen = {
      layers: [...deep("selu", 2), output("softmax")],
      weightNorm: [norm(1), norm(1), 4],
    };
    expect(propose("xavier-initialization", seen)?.title).toContain("with LeCun");
  });

  it("S4-25: deep ReLU under Xavier gets He's, three layers of it do not", () => {
    const xavier = (count: number) => ({
      layers: [...deep("relu", count), output("softmax")],
      weightNorm: [...deep("relu", count).map(() => norm(0.125)), 4],
    });
    expect(propose("he-initialization", xavier(20))?.layers).toHaveLength(20);
    expect(propose("he-initialization", xavier(3))).toBeUndefined();
  });

  it("S0-05, S3-05: units that start as copies are told apart, whatever their scale", () => {
    const seen = {
      layers: [hidden("r", "relu"), hidden("t", "tanh"), output("softmax")],
      identicalUnits: [1, 1, 0],
      observation: { layers: ["r", "t"], firstStep: 0 },
    };
    expect(propose("he-initialization", seen)?.layers).toEqual(["r"]);
    expect(propose("xavier-initialization", seen)?.layers).toEqual(["t"]);
  });

  it("zeros in the output layer are good practice", () => {
    const seen = {
      layers: [...deep("relu", 1), output("softmax")],
      weightNorm: [norm(Math.sqrt(2 / 64)), 0],
    };
    expect(propose("xavier-initialization", seen)).toBeUndefined();
    expect(propose("he-initialization", seen)).toBeUndefined();
  });
});

describe("layers", () => {
  const withNorm = [
    hidden("h1", "linear", { bias: true }),
    passive("bn", "batchNormalization"),
    passive("act", "activation", { activation: "relu" }),
    hidden("h2", "relu"),
    output("softmax"),
  ];
  const misplaced = [hidden("h1", "relu"), passive("bn", "batchNormalization"), output("softmax")];
  const drops = [
    passive("d0", "dropout", { rate: 0.4 }),
    hidden("c", "relu", { type: "conv2d" }),
    passive("d1", "dropout", { rate: 0.5 }),
    hidden("h", "relu"),
    passive("d2", "dropout", { rate: 0.4 }),
    output("softmax"),
    passive("d3", "dropout", { rate: 0.5 }),
  ];
  const named = (...names: string[]) => ({ observation: { layers: names } });

  it.each<[string, Seen, string[] | undefined]>([
    ["use-relu", { layers: [...deep("sigmoid"), output("sigmoid")] }, ["h1", "h2", "h3", "h4"]],
    ["use-relu", { layers: [...deep("relu"), output("sigmoid")] }, undefined],
    ["use-relu", { layers: [...deep("linear", 2), output("softmax")] }, undefined],
    ["use-relu", { layers: [...deep("linear", 2), output("softmax")], ...named("h1") }, ["h1"]],
    [
      "use-relu", // S4-17
      { layers: [hidden("r", null, { type: "rbf" }), output("softmax")], ...named("r") },
      ["r"],
    ],
    ["batch-normalization", { layers: withNorm }, ["h2"]],
    ["batch-normalization", { layers: withNorm, run: { batchSize: 4 } }, undefined],
    ["batch-normalization", { layers: [output("softmax")] }, undefined],
    ["batch-normalization", { layers: [...deep("relu", 21), output("softmax")] }, undefined],
    [
      "batch-normalization",
      { layers: [...deep("relu", 21), passive("r", "residual"), output("softmax")] },
      deep("relu", 21).map(({ name }) => name),
    ],
    ["layer-normalization", { layers: withNorm }, ["bn"]], // S1-21
    ["layer-normalization", { run: { batchSize: 4 } }, ["hidden_1", "hidden_2"]],
    ["residual-blocks", { layers: [...deep("relu"), output("softmax")] }, ["h2", "h3", "h4"]],
    [
      "residual-blocks",
      { layers: [...deep("relu"), passive("r", "residual"), output("softmax")] },
      undefined,
    ],
    ["omit-bias", { layers: withNorm }, ["h1"]], // S1-19
    ["omit-bias", { layers: misplaced }, undefined],
    ["move-normalization", { layers: misplaced }, ["bn"]], // S1-18
    ["move-normalization", { layers: withNorm }, undefined],
    [
      "dropout",
      { layers: [passive("f", "flatten"), ...deep("relu", 2), output("softmax")] },
      ["h1", "h2"],
    ],
    ["dropout", { layers: drops }, undefined],
    ["dropout-rate", { layers: drops, ...named("d0", "d1", "d2", "d3") }, ["d0"]],
    ["dropout-rate", { layers: drops, ...named("d1", "d2", "d3") }, ["d1"]], // S1-25: conv 0.5
    ["dropout-rate", { layers: drops, ...named("d2") }, undefined], // FC 0.4
    ["remove-dropout", { layers: drops, ...named("d1", "d3") }, ["d3"]], // S1-25: behind the output
    ["remove-dropout", { layers: drops }, ["d0", "d1", "d2", "d3"]],
    ["remove-dropout", {}, undefined],
    [
      "weight-decay",
      { layers: [hidden("h", "relu", { l2: 0.001 }), output("softmax")] },
      ["output"],
    ],
    ["weight-decay", { run: optimizer("adamw", 0.001, { weightDecay: 0.01 }) }, undefined],
    [
      "less-weight-decay",
      {
        layers: [
          hidden("h", "relu", { l2: 0.1 }),
          hidden("g", "relu", { l2: 0.0001 }),
          output("softmax"),
        ],
      },
      ["h"],
    ],
    ["less-weight-decay", {}, undefined],
    ["less-weight-decay", { run: optimizer("adamw", 0.001, { weightDecay: 0.5 }) }, []],
  ])("%s (%#)", (id, seen, layers) => {
    expect(propose(id, seen)?.layers).toEqual(layers);
  });

  it("dropout goes to 0.1 at the inputs and to 0.3 elsewhere", () => {
    expect(propose("dropout-rate", { layers: drops, ...named("d0") })?.value).toBe(0.1);
    expect(propose("dropout-rate", { layers: drops, ...named("d1") })?.value).toBe(0.3);
  });
});

describe("data", () => {
  const largest = { feature: "age", mean: 3, std: 5 };
  const featureScale = { largest, largestRms: 6, smallestRms: 1, medianRms: 1, constant: 0 };

  it.each<[string, Seen, string | undefined]>([
    [
      "standardize-inputs", // S3-27
      { data: { featureScale } },
      "Standardise the inputs to mean 0 and standard deviation 1 (age has mean 3 and standard deviation 5)",
    ],
    ["standardize-inputs", { run: { scaling: ["standardize"] } }, undefined],
    [
      "whiten-inputs", // S4-14
      { data: { correlation: { largest: 0.99, condition: 1130.7 } } },
      "Whiten the inputs by PCA (features are correlated by up to 0.99, condition 1130)",
    ],
    ["whiten-inputs", { data: { features: 2001 } }, undefined], // S4-21
    ["whiten-inputs", { run: { scaling: ["whiten"] } }, undefined],
    ["whiten-inputs", { layers: [hidden("c", "relu", { type: "conv2d" })] }, undefined],
    [
      "shuffle", // S4-07
      { run: { shuffle: false }, data: { order: { longestRun: 90, expectedRun: 4 } } },
      "Shuffle the examples in every epoch (90 of one class follow each other, where chance makes 4)",
    ],
    ["shuffle", { run: { shuffle: true } }, undefined],
    ["augment", { run: { inputShape: [28, 28, 1], augmented: true } }, undefined],
    ["augment", { run: { inputShape: [64] } }, undefined],
    ["cap-emphasis", {}, undefined],
    [
      "cap-emphasis",
      { emphasized: true },
      "Let a loss count as at most 10 times the mean when examples are drawn",
    ],
    [
      "drop-remainder",
      {},
      "Leave out the last batch of an epoch, which has 8 of 32 examples", // 1,000 = 31 · 32 + 8
    ],
    ["drop-remainder", { run: { batchSize: 50 } }, undefined],
    ["drop-remainder", { run: { dropRemainder: true } }, undefined],
    ["validation-split", {}, undefined],
    [
      "validation-split",
      { run: { examples: { train: 1000, validation: 0, test: 0 } } },
      "Keep 15 % of the rows for validation and 15 % for the test",
    ],
    [
      "validation-split",
      { run: { examples: { train: 1000, validation: 10, test: 0 } } },
      "Keep 15 % of the rows for validation and 15 % for the test (10 are too few to judge by)",
    ],
  ])("%s (%#)", (id, seen, title) => {
    expect(propose(id, seen)?.title).toBe(title);
  });

  it("augments pictures", () => {
    expect(propose("augment", { run: { inputShape: [28, 28, 1] } })).toBeDefined();
  });
});

describe("settings", () => {
  const schedule = (type: string) => ({ schedule: { type, planned: [] } });

  it.each<[string, Seen, number | null | undefined]>([
    ["batch-size", { run: { batchSize: 1 } }, 32],
    ["batch-size", { run: { batchSize: 500 } }, 32],
    ["batch-size", { run: { batchSize: 32 } }, 128],
    ["batch-size", { run: { batchSize: 128 } }, 256],
    ["batch-size", { run: { batchSize: 256 } }, undefined],
    ["batch-size", { run: { batchSize: 0 } }, undefined], // not known
    [
      "batch-size",
      { run: { batchSize: 4, examples: { train: 4, validation: 0, test: 0 } } },
      undefined,
    ],
    ["momentum", { run: optimizer("sgd", 0.1) }, 0.9], // S0-14
    ["momentum", { run: optimizer("SGD", 0.1, { momentum: 0.2 }) }, 0.9], // S0-16
    ["momentum", { run: optimizer("sgd", 0.1, { momentum: 0.9 }) }, null], // S0-17: Nesterov
    ["momentum", { run: optimizer("sgd", 0.1, { momentum: 0.9, nesterov: true }) }, undefined],
    ["momentum", {}, undefined],
    ["use-adam", {}, undefined],
    ["use-adam", { run: optimizer("adamw", 0.1) }, undefined],
    ["use-adam", { run: optimizer("sgd", 0.1) }, 0.001],
    ["warmup-cosine", { run: { epochs: 100 } }, 10], // S1-30
    ["warmup-cosine", { run: { epochs: 19 } }, 1],
    ["warmup-cosine", { run: { epochs: 5 } }, 0.5],
    ["warmup-cosine", { run: { epochs: 100, ...schedule("warmupCosine") } }, undefined],
    ["correct-schedule", { run: { epochs: 100, ...schedule("warmupCosine") } }, 10],
    ["correct-schedule", { run: { epochs: 100, ...schedule("step") } }, 34], // S0-10: three steps
    ["correct-schedule", { run: { epochs: 90, ...schedule("exponential") } }, 0.95], // S0-11
    ["correct-schedule", { run: { epochs: 90, ...schedule("reduceOnPlateau") } }, undefined],
    ["correct-schedule", { run: { epochs: 100 } }, undefined], // constant
    ["raise-clip-norm", { run: optimizer("sgd", 0.1, { clipNorm: 1 }) }, 5], // S3-20
    [
      "raise-clip-norm",
      {
        run: optimizer("sgd", 0.1, { clipNorm: 0.01 }),
        observation: { evidence: [{ metric: "gradientNorm", value: 0.7 }] },
      },
      1,
    ],
    ["raise-clip-norm", {}, undefined],
    ["clip-by-norm", { run: optimizer("sgd", 0.1, { clipNorm: 0.5 }) }, undefined],
    ["clip-by-norm", { run: optimizer("sgd", 0.1, { clipNorm: 5 }) }, 1],
    ["clip-norm-instead-of-value", { run: optimizer("sgd", 0.1, { clipValue: 3 }) }, 1],
    ["clip-norm-instead-of-value", {}, undefined],
    ["default-optimizer-settings", { run: optimizer("adam", 0.1, { beta2: 0.9 }) }, null],
    ["default-optimizer-settings", { run: optimizer("adam", 0.1, { epsilon: 1e-7 }) }, undefined],
  ])("%s (%#)", (id, seen, value) => {
    expect(propose(id, seen)?.value).toBe(value);
  });
});

describe("stopping", () => {
  const stopping = (patience: number, restoreBestWeights: boolean) => ({
    run: { earlyStopping: { patience, minDelta: 0, restoreBestWeights } },
  });
  // 0.8 e^(−epoch / 30) + 0.05, lesson 001 (S1-33)
  const curve = (epochs: number) =>
    Array.from({ length: epochs }, (_, epoch) => 0.8 * Math.exp(-epoch / 30) + 0.05);

  it("is offered before the run where there is validation, with the lessons' patience of 10", () => {
    expect(propose("early-stopping")?.value).toBe(10);
    const without = { examples: { train: 100, validation: 0, test: 0 } };
    expect(propose("early-stopping", { run: without })).toBeUndefined();
  });

  it("accepts a patience of 5 to 20, and corrects others", () => {
    expect(propose("early-stopping", stopping(5, true))).toBeUndefined();
    expect(propose("early-stopping", stopping(20, true))).toBeUndefined();
    expect(propose("early-stopping", stopping(2, true))?.value).toBe(10);
  });

  it("S1-34: keeps the best weights", () => {
    expect(propose("restore-best-weights", stopping(10, false))).toBeDefined();
    expect(propose("restore-best-weights", stopping(10, true))).toBeUndefined();
    expect(propose("restore-best-weights")).toBeUndefined();
  });

  it("S3-03: trains as many epochs as the curve needs: three time constants of 30", () => {
    const seen = { run: { epochs: 20, classes: 2, loss: "binaryCrossentropy" } };
    expect(propose("more-epochs", { ...seen, losses: curve(20) })?.value).toBe(100);
  });

  it("offers no more epochs where the loss has levelled off", () => {
    const seen = { run: { epochs: 200, classes: 2, loss: "binaryCrossentropy" } };
    expect(propose("more-epochs", { ...seen, losses: curve(200) })).toBeUndefined();
  });
});

describe("output and loss", () => {
  const targets = (kind: "class" | "labels" | "number", min: number, max: number) => ({
    data: {
      targets: {
        kind,
        outputs: 1,
        mean: 0,
        std: 1,
        min,
        max,
        variance: 1,
        deviation: 1,
        outliers: 0,
      },
    },
  });
  const net = (activation: string, units: number, loss: string, classes: number | null) => ({
    layers: [...deep("relu", 1), output(activation, units)],
    run: { loss, classes },
  });

  it.each<[string, Seen, string | undefined, string | undefined]>([
    // [what is wrong, …, by another output, by another loss]
    [
      "softmax of one unit",
      { ...net("softmax", 1, "binaryCrossentropy", 2), ...targets("class", 0, 1) },
      "End output in sigmoid instead of softmax: binaryCrossentropy is made for that",
      undefined,
    ],
    [
      "too few units",
      { ...net("softmax", 5, "sparseCategoricalCrossentropy", 10), ...targets("class", 0, 9) },
      "End output in softmax, with 10 units, one a class: sparseCategoricalCrossentropy is made for that",
      undefined,
    ],
    [
      "relu before a cross-entropy",
      { ...net("relu", 10, "categoricalCrossentropy", 10), ...targets("class", 0, 1) },
      "End output in softmax instead of relu: categoricalCrossentropy is made for that",
      undefined,
    ],
    [
      "squared error behind softmax (S4-16)",
      { ...net("softmax", 10, "meanSquaredError", 10), ...targets("class", 0, 1) },
      undefined,
      "Use the loss sparseCategoricalCrossentropy instead of meanSquaredError, which softmax is made for",
    ],
    [
      "0 and 1 for tanh (S4-16)",
      { ...net("tanh", 1, "meanSquaredError", 2), ...targets("class", 0, 1) },
      "Map the targets to −1 and 1, the range of tanh",
      "Use the loss binaryCrossentropy instead of meanSquaredError, with sigmoid as the output",
    ],
    [
      "−1 and 1 for a cross-entropy",
      { ...net("sigmoid", 1, "binaryCrossentropy", 2), ...targets("class", -1, 1) },
      "Map the targets to 0 and 1, the range of binaryCrossentropy",
      undefined,
    ],
    [
      "binary loss for exclusive classes",
      { ...net("softmax", 10, "binaryCrossentropy", 10), ...targets("class", 0, 1) },
      undefined,
      "Use the loss sparseCategoricalCrossentropy instead of binaryCrossentropy, which softmax is made for",
    ],
    [
      "classes as one number",
      { ...net("linear", 1, "meanSquaredError", 10), ...targets("class", 0, 9) },
      undefined,
      "Use the loss sparseCategoricalCrossentropy instead of meanSquaredError, with softmax of 10 units as the output",
    ],
    [
      "quantities behind sigmoid",
      { ...net("sigmoid", 1, "meanSquaredError", null), ...targets("number", -5, 50) },
      "End output in linear instead of sigmoid: meanSquaredError is made for that",
      undefined,
    ],
    [
      "quantities under a cross-entropy",
      { ...net("sigmoid", 1, "binaryCrossentropy", null), ...targets("number", -5, 50) },
      undefined,
      "Use the loss meanSquaredError instead of binaryCrossentropy, with linear as the output",
    ],
    [
      "logits, then softmax again",
      {
        layers: [output("softmax")],
        run: { loss: "categoricalCrossentropy", fromLogits: true, classes: 10 },
      },
      "End output in linear instead of softmax: categoricalCrossentropy is made for that",
      undefined,
    ],
    [
      "nothing: classes",
      { ...net("softmax", 10, "sparseCategoricalCrossentropy", 10), ...targets("class", 0, 9) },
      undefined,
      undefined,
    ],
    [
      "nothing: quantities",
      { ...net("linear", 1, "meanAbsoluteError", null), ...targets("number", -5, 50) },
      undefined,
      undefined,
    ],
    [
      "nothing: labels",
      { ...net("sigmoid", 5, "binaryCrossentropy", null), ...targets("labels", 0, 1) },
      undefined,
      undefined,
    ],
  ])("%s", (_what, seen, byOutput, byLoss) => {
    expect(propose("matching-output", seen)?.title).toBe(byOutput);
    expect(propose("matching-loss", seen)?.title).toBe(byLoss);
  });
});

describe("runs of other tools, which tell next to nothing", () => {
  const bare: Seen = {
    layers: [],
    run: {
      ...optimizer("", Number.NaN),
      loss: "",
      batchSize: 0,
      epochs: 0,
      classes: null,
      examples: { train: 0, validation: 0, test: 0 },
    },
  };

  it("get no number that is made up", () => {
    for (const { id } of REMEDIES) {
      const proposal = propose(id, bare);
      expect(proposal?.title ?? "", id).not.toMatch(/NaN|undefined|null|instead of 0/);
      expect(proposal?.value ?? 1, id).not.toBeNaN();
    }
  });
});
