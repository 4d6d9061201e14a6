import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../../../diagnosis/detectors/index.ts";
import { REMEDIES } from "../../../../diagnosis/remedies/index.ts";
import { recipeEdits, WRITTEN } from "../../../../fixes/recipe/index.ts";

/**
 * Every row of the requirements with something in the column "code action": the remedies that do it, or why none
 * does. "same fix", "as above" and the like are spelled out.
 */
const INITIALISE = ["he-initialization", "xavier-initialization"];
const SCHEDULE = ["warmup-cosine"];
const REGULARISE = ["weight-decay", "early-stopping", "dropout", "augment"];

const ROWS: Record<string, string[] | string> = {
  "S0-01": INITIALISE,
  "S0-02": INITIALISE,
  "S0-03": INITIALISE,
  "S0-04": ["he-initialization"],
  "S0-05": INITIALISE,
  "S0-07": ["lower-learning-rate"],
  "S0-08": ["raise-learning-rate"],
  "S0-10": SCHEDULE,
  "S0-11": SCHEDULE,
  "S0-12": ["correct-schedule", "warmup-cosine"],
  "S0-13": SCHEDULE,
  "S0-14": ["momentum"],
  "S0-15": ["momentum"],
  "S0-16": ["momentum"],
  "S0-17": ["momentum"],
  "S0-18": ["batch-size"],
  "S0-19": ["batch-size"],
  "S0-20": ["batch-size"],
  "S0-21": REGULARISE,
  "S0-22": ["weight-decay"],
  "S0-23": ["early-stopping"],
  "S0-24":
    "The mode is the loop's, which a recipe does not have; for scripts the finding's message says it.",
  "S0-25": ["augment"],
  "S0-26": ["augment"],
  "S0-27": ["validation-split"],
  "S0-28": "A command: k-fold runs are started, not written into the recipe.",
  "S0-29": [
    ...INITIALISE,
    "raise-learning-rate",
    ...SCHEDULE,
    "momentum",
    "batch-size",
    ...REGULARISE,
  ],
  "S1-01": "The findings that are its causes carry the remedies.",
  "S1-02": ["he-initialization", "batch-normalization", "residual-blocks", "use-relu"],
  "S1-03": ["clip-by-norm", "lower-learning-rate"],
  "S1-04": ["use-relu"],
  "S1-05": ["use-relu"],
  "S1-07": ["leaky-relu", "lower-learning-rate", "he-initialization"],
  "S1-08": ["he-initialization"],
  "S1-09": ["he-initialization"],
  "S1-10": ["he-initialization"],
  "S1-11": ["he-initialization"],
  "S1-12": ["xavier-initialization"],
  "S1-13": INITIALISE,
  "S1-15": ["batch-normalization", "layer-normalization"],
  "S1-16":
    "The mode is the loop's, which a recipe does not have; for scripts the finding's message says it.",
  "S1-17": ["batch-normalization"],
  "S1-18": ["move-normalization"],
  "S1-19": ["omit-bias"],
  "S1-20": ["batch-normalization"],
  "S1-21": ["layer-normalization", "batch-size", "drop-remainder"],
  "S1-22": ["dropout"],
  "S1-25": ["dropout-rate", "remove-dropout"],
  "S1-26": ["lower-learning-rate", "raise-learning-rate"],
  "S1-28": SCHEDULE,
  "S1-29": SCHEDULE,
  "S1-30": ["warmup-cosine", "correct-schedule"],
  "S1-31": ["early-stopping"],
  "S1-32": ["early-stopping"],
  "S1-33": ["early-stopping"],
  "S1-34": ["restore-best-weights"],
  "S1-35": [
    "use-relu",
    "he-initialization",
    "batch-normalization",
    "dropout",
    "early-stopping",
    "weight-decay",
    ...SCHEDULE,
    "use-adam",
    "batch-size",
    "validation-split",
  ],
  "S1-36": ["he-initialization", "batch-normalization", "dropout", ...SCHEDULE, "early-stopping"],
  "S2-01":
    "Gradients are cleared in the loop, which a recipe does not have; for scripts the finding's message says it.",
  "S2-02": "Hovers are the editor's.",
  "S2-08": ["momentum", "use-adam"],
  "S2-11": ["default-optimizer-settings"],
  "S2-12": ["default-optimizer-settings"],
  "S2-13": ["use-adam"],
  "S2-14": SCHEDULE,
  "S2-15": REGULARISE,
  "S2-20": REGULARISE,
  "S2-24": ["residual-blocks"],
  "S2-25": ["residual-blocks"],
  "S2-26": "The device is an argument of the run; nothing is written for it.",
  "S2-31":
    "Loss scaling is the loop's, which a recipe does not have; for scripts the finding's message says it.",
  "S2-33": [
    "batch-normalization",
    "residual-blocks",
    ...INITIALISE,
    "use-adam",
    ...SCHEDULE,
    "dropout",
    "weight-decay",
    "augment",
    "early-stopping",
  ],
  "S2-34": ["reduce-on-plateau", ...SCHEDULE],
  "S3-01": [
    ...INITIALISE,
    "lower-learning-rate",
    "raise-learning-rate",
    "more-epochs",
    "early-stopping",
  ],
  "S3-03": ["more-epochs", "early-stopping"],
  "S3-05": INITIALISE,
  "S3-09": INITIALISE,
  "S3-10": ["early-stopping"],
  "S3-13": ["lower-learning-rate", "raise-learning-rate", ...SCHEDULE],
  "S3-16": SCHEDULE,
  "S3-18": ["clip-norm-instead-of-value"],
  "S3-19": ["clip-by-norm"],
  "S3-20": ["raise-clip-norm", "lower-learning-rate"],
  "S3-22": "It lists causes; their findings carry the remedies.",
  "S3-25": ["lower-learning-rate"],
  "S3-26": ["clip-by-norm"],
  "S3-27": ["standardize-inputs"],
  "S3-28": ["batch-normalization", "layer-normalization"],
  "S3-29": "A template is a new file, not an edit.",
  "S3-31": ["lower-learning-rate"],
  "S3-34": ["clip-by-norm"],
  "S4-03": "A command: five seeds are five runs.",
  "S4-05": ["standardize-inputs"],
  "S4-07": ["shuffle"],
  "S4-08": ["cap-emphasis"],
  "S4-09": ["use-adam"],
  "S4-12": ["use-relu"],
  "S4-13": ["standardize-inputs", ...INITIALISE],
  "S4-14": ["whiten-inputs"],
  "S4-16": ["matching-output", "matching-loss"],
  "S4-17": ["use-relu"],
  "S4-21": ["batch-normalization"],
  "S4-24": ["leaky-relu"],
  "S4-25": ["he-initialization"],
};

const known = REMEDIES.map(({ id }) => id);

describe("the lessons' code actions", () => {
  it.each(Object.entries(ROWS))("%s", (_row, covered) => {
    if (typeof covered === "string") {
      expect(covered).toMatch(/\.$/);
      return;
    }
    for (const id of covered) {
      expect(known).toContain(id);
      expect(WRITTEN).toContain(id);
    }
  });

  it("leave no remedy without a lesson", () => {
    const asked = new Set(Object.values(ROWS).flat());
    // The other way round of a lesson's remedy, for a network that cannot fit.
    const inverse = ["less-weight-decay"];
    expect(known.filter((id) => !asked.has(id))).toEqual(inverse);
  });
});

describe("remedies", () => {
  it("have ids of their own", () => {
    expect(new Set(known).size).toBe(known.length);
  });

  it("of every detector are known here", () => {
    const used = DETECTORS.flatMap(({ remedies }) => remedies);
    expect(used.filter((remedy) => !REMEDIES.includes(remedy))).toEqual([]);
  });
});

describe("S1-36: each of the five failures gets its mapped fix first", () => {
  it.each([
    ["signal-collapse", "he-initialization"],
    ["activation-drift", "batch-normalization"],
    ["overfitting-gap", "dropout"],
    ["validation-rising", "early-stopping"],
  ])("%s: %s", (symptom, id) => {
    const detector = DETECTORS.find((candidate) => candidate.symptom === symptom);
    expect(detector?.remedies[0]?.id).toBe(id);
  });

  it("the trajectory of the learning rate: a schedule", () => {
    const detector = DETECTORS.find(({ symptom }) => symptom === "schedule-shape");
    expect(detector?.remedies.map(({ id }) => id)).toContain("warmup-cosine");
  });
});

describe("S3-26", () => {
  it("inserts 1.0", () => {
    const text = `{ "data": { "csv": "a.csv", "label": "b" }, "layers": [{ "type": "dense", "units": 1 }],
      "loss": "meanSquaredError", "optimizer": { "type": "sgd" }, "batchSize": 8, "epochs": 2 }`;
    const offer = { id: "clip-by-norm", title: "", preferred: true, value: 1, layers: [] };
    const inserted = recipeEdits(text, offer).edits.map((edit) => edit.text);
    expect(inserted.join("")).toContain('"clipNorm": 1.0');
  });
});
