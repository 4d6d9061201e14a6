/** Standard deviations and bounds of initial weights. */
import { automatic, type Initializer, scaledStd } from "../../recipe/initializers.ts";
import { initialize } from "../model/initializers.ts";
import { moments } from "./experiment.ts";
import type { Figure } from "./figure.ts";
import { randomState } from "./numpy.ts";

/** Weights of the worked example's layer, 512 → 256. */
function drawn(initializer: Initializer): Float32Array {
  return initialize(initializer, [512, 256], {
    fanIn: 512,
    fanOut: 256,
    activation: "linear",
    stream: randomState(42),
  });
}

/** The largest of 131,072 weights lies a few millionths below the bound. */
function range(initializer: Initializer): [number, number] {
  const values = drawn(initializer);
  return [values.reduce((a, b) => Math.min(a, b), 0), values.reduce((a, b) => Math.max(a, b), 0)];
}

const MISNAMED =
  "This is LeCun's rule; Glorot and Bengio's has 2/(fan-in + fan-out), the same in square layers only.";

export function initialScaleFigures(): Figure[] {
  return [...fanIn(), ...cheatSheet(), ...comparison(), ...xavier(), ...he()];
}

function fanIn(): Figure[] {
  return [
    {
      at: "000:29",
      what: "1/√n_in, for 1000 inputs",
      run: true,
      lesson: "0.0316228",
      ours: [scaledStd("leCunNormal", 1000, 1000)],
    },
    {
      at: "000:32",
      what: "Xavier: variance 2/(n_in + n_out), 1000 → 1000",
      run: true,
      lesson: "0.00100000",
      ours: [scaledStd("glorotNormal", 1000, 1000) ** 2],
    },
    {
      at: "001:99",
      what: "He: √(2/fan_in), for 64 inputs",
      run: true,
      lesson: "0.1767767",
      ours: [scaledStd("heNormal", 64, 64)],
    },
    {
      at: "001:101",
      what: "Xavier, written √(1/fan_in), 512 → 256",
      run: true,
      lesson: "0.0442",
      ours: [scaledStd("glorotNormal", 512, 256)],
      wrong: { right: "0.0510", reason: MISNAMED },
    },
    {
      at: "004:77",
      what: "Xavier, written m^-1/2, 512 → 256",
      run: true,
      lesson: "0.0442",
      ours: [scaledStd("glorotNormal", 512, 256)],
      wrong: { right: "0.0510", reason: MISNAMED },
    },
  ];
}

function cheatSheet(): Figure[] {
  const std = (activation: "relu" | "sigmoid" | "tanh") =>
    scaledStd(automatic(activation), 256, 256);
  return [
    { at: "001:106", what: "relu, 256 → 256: He", lesson: "0.0884", ours: [std("relu")] },
    { at: "001:107", what: "sigmoid, 256 → 256: Xavier", lesson: "0.0625", ours: [std("sigmoid")] },
    { at: "001:108", what: "tanh, 256 → 256: Xavier", lesson: "0.0625", ours: [std("tanh")] },
  ].map((figure) => ({ ...figure, run: true }));
}

function comparison(): Figure[] {
  const small = moments(drawn({ type: "randomNormal", stddev: 0.1 }));
  return [
    { at: "003:108", what: "variance of zeros", lesson: "0", ours: [moments(drawn("zeros")).std] },
    {
      at: "003:109",
      what: "variance of small random weights (deviation 0.1)",
      lesson: "0.01",
      ours: [small.std ** 2],
    },
  ];
}

function xavier(): Figure[] {
  const std = scaledStd("glorotNormal", 512, 256);
  const [low, high] = range("glorotUniform");
  return [
    { at: "003:254", what: "Xavier, 512 → 256: variance", lesson: "0.00260", ours: [std ** 2] },
    {
      at: "003:258",
      what: "Xavier, uniform: bound",
      lesson: "√0.00781 ≈ 0.0884",
      ours: [high ** 2, high],
    },
    {
      at: "003:260",
      what: "Xavier, uniform: least and greatest weight",
      lesson: "[-0.0884, 0.0884]",
      ours: [low, high],
    },
    { at: "003:262", what: "Xavier, normal: deviation", lesson: "0.0510", ours: [std] },
  ];
}

function he(): Figure[] {
  const std = scaledStd("heNormal", 512, 256);
  const [low, high] = range("heUniform");
  const reason = "√(6/512) is 0.108253, which rounds to 0.1083 and not to 0.1082.";
  return [
    { at: "003:268", what: "He, 512 → 256: variance", lesson: "0.00391", ours: [std ** 2] },
    {
      at: "003:272",
      what: "He, uniform: bound",
      lesson: "√0.01172 ≈ 0.1082",
      ours: [high ** 2, high],
      wrong: { right: "√0.01172 ≈ 0.1083", reason },
    },
    {
      at: "003:274",
      what: "He, uniform: least and greatest weight",
      lesson: "[-0.1082, 0.1082]",
      ours: [low, high],
      wrong: { right: "[-0.1083, 0.1083]", reason },
    },
    { at: "003:276", what: "He, normal: deviation", lesson: "0.0625", ours: [std] },
    {
      at: "003:278",
      what: "bounds, He and Xavier",
      lesson: "0.1082 vs 0.0884",
      ours: [high, range("glorotUniform")[1]],
      wrong: { right: "0.1083 vs 0.0884", reason },
    },
    {
      at: "003:278",
      what: "deviations, He and Xavier",
      lesson: "0.0625 vs 0.0510",
      ours: [std, scaledStd("glorotNormal", 512, 256)],
    },
  ];
}
