/**
 * Which symptom leads to which, so that one finding names the cause and carries the others as its consequences.
 * The chain unscaled input → bad initial loss → huge gradients → dead ReLUs → constant prediction is measured in
 * the public fault studies; the other links are the lessons' and those of AUTOTRAINER's order of repair.
 */
import { type Finding, SEVERITIES, type Severity, type Symptom } from "./finding.ts";

/** Without a way down, gradients have no direction either. */
const STUCK = [
  "learning-rate-too-low",
  "plateau",
  "at-chance",
  "underfitting",
  "noisy-gradients",
] as const;
const WILD = ["weights-growing", "activation-drift", "loss-spike", "loss-oscillation"] as const;
const BLOWN = ["exploding-gradients", "learning-rate-too-high", "non-finite", ...WILD] as const;
const SILENT = [
  "vanishing-gradients",
  "dead-relu",
  "saturated-activations",
  "frozen-layer",
] as const;
const SIGNAL = ["signal-explosion", "signal-collapse", "init-mismatch"] as const;
const GENERALIZATION = ["overfitting-gap", "validation-rising"] as const;

/** From a cause to what it may lead to. The order of the causes is the order in which a person should act. */
const EFFECTS: readonly (readonly [Symptom, readonly Symptom[]])[] = [
  ["detached-loss", [...SILENT, ...STUCK]],
  ["parameters-not-optimized", ["frozen-layer", ...STUCK]],
  ["gradients-not-cleared", [...BLOWN, ...SILENT, ...STUCK]],
  ["wrong-mode", [...WILD, ...STUCK, ...GENERALIZATION]],
  ["half-precision-overflow", ["non-finite", ...WILD]],
  ["half-precision-underflow", [...SILENT, ...STUCK]],
  ["replica-drift", [...WILD, ...STUCK]],
  ["unnormalized-inputs", ["detached-loss", ...SIGNAL, ...BLOWN, ...SILENT, ...STUCK]],
  ["output-loss-mismatch", ["detached-loss", ...SIGNAL, ...BLOWN, ...SILENT, ...STUCK]],
  ["bad-labels", [...BLOWN, ...SILENT, ...STUCK, ...GENERALIZATION]],
  ["data-leak", []],
  ["class-imbalance", [...STUCK]],
  ["unshuffled-data", [...WILD, ...STUCK, ...GENERALIZATION]],
  ["symmetric-weights", [...SIGNAL, ...BLOWN, ...SILENT, ...STUCK]],
  ["depth-without-normalization", [...SIGNAL, "vanishing-gradients", "frozen-layer", ...STUCK]],
  ["signal-explosion", ["init-mismatch", ...BLOWN, ...SILENT, ...STUCK]],
  ["signal-collapse", ["init-mismatch", ...SILENT, ...STUCK]],
  ["init-mismatch", [...BLOWN, ...SILENT, ...STUCK]],
  ["depth-without-skip", ["vanishing-gradients", "frozen-layer", ...STUCK]],
  ["normalization-misplaced", [...WILD, ...STUCK]],
  ["batch-size", [...BLOWN, "dead-relu", ...STUCK]],
  ["dropout-misplaced", [...STUCK]],
  ["schedule-shape", [...BLOWN, ...STUCK]],
  ["optimizer-settings", [...BLOWN, ...STUCK]],
  ["learning-rate-too-high", ["exploding-gradients", "non-finite", ...WILD, ...SILENT, ...STUCK]],
  ["exploding-gradients", ["non-finite", ...WILD, ...SILENT, ...STUCK]],
  ["non-finite", ["learning-rate-too-high", "exploding-gradients", ...WILD, ...SILENT, ...STUCK]],
  ["vanishing-gradients", ["saturated-activations", "frozen-layer", ...STUCK]],
  ["saturated-activations", ["vanishing-gradients", "frozen-layer", ...STUCK]],
  ["dead-relu", ["vanishing-gradients", "frozen-layer", ...STUCK]],
  ["frozen-layer", [...STUCK]],
  ["uneven-layers", [...STUCK]],
  ["weights-growing", ["loss-oscillation", ...GENERALIZATION]],
  ["activation-drift", []],
  ["clipping-misused", []],
  ["rbf-misused", [...STUCK]],
  ["loss-spike", []],
  ["loss-oscillation", ["plateau"]],
  ["learning-rate-too-low", ["plateau", "at-chance", "underfitting", "noisy-gradients"]],
  ["underfitting", ["plateau", "at-chance", "noisy-gradients"]],
  ["plateau", ["at-chance", "noisy-gradients"]],
  ["at-chance", ["noisy-gradients"]],
  ["noisy-gradients", []],
  ["too-little-data", []],
  ["overfitting-gap", []],
  ["validation-rising", ["overfitting-gap"]],
  ["no-early-stopping", []],
  ["no-validation", []],
  ["test-reuse", []],
  ["accelerator-idle", []],
  ["input-bound", []],
  ["straggler-rank", []],
];

const RANK = new Map(EFFECTS.map(([symptom], i) => [symptom, i]));
const LEADS_TO = new Map(EFFECTS.map(([symptom, effects]) => [symptom, new Set(effects)]));

const rankOf = ({ symptom }: Finding) => RANK.get(symptom) ?? EFFECTS.length;
const severityOf = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
/** Infos are no trouble by themselves, but a risk that explains a trouble is its cause. */
const isTrouble = ({ severity, state }: Finding) => severity !== "info" && state === "open";

/**
 * Names causes and consequences, gives a cause the severity of the worst that it leads to, and sorts: first what to
 * act on, then what follows from it, then good practice, then what is over.
 */
export function explain(findings: readonly Finding[]): Finding[] {
  const cause = new Map(findings.map((finding) => [finding, causeOf(finding, findings)]));
  const explained = findings.map((finding): Finding => {
    const consequences = findings.filter((other) => isAncestor(finding, other, cause));
    return {
      ...finding,
      severity: worst([finding, ...consequences.filter(isTrouble)]),
      cause: cause.get(finding)?.symptom ?? null,
      consequences: consequences.sort((a, b) => rankOf(a) - rankOf(b)).map((f) => f.symptom),
    };
  });
  const place = (finding: Finding) =>
    (finding.state === "open" ? 0 : 1000) +
    (finding.severity === "info" ? 400 : finding.cause ? 200 : 0) +
    (finding.cause ? 0 : severityOf(finding) * 100) +
    rankOf(finding);
  return explained.sort((a, b) => place(a) - place(b));
}

/** What a mere risk can explain: that a training does not get on, not that it blows up. */
const BY_RISK: ReadonlySet<Symptom> = new Set([...STUCK, ...SILENT, ...SIGNAL, ...GENERALIZATION]);
/** As infos these hold for most programs that do well. */
const HARMLESS: ReadonlySet<Symptom> = new Set([
  "init-mismatch",
  "unnormalized-inputs",
  "underfitting",
]);
/** Good practice has no evidence of this run, and explains nothing. */
const isRisk = ({ symptom, evidence }: Finding) => evidence.length > 0 && !HARMLESS.has(symptom);
const mayExplain = (cause: Finding, effect: Finding) =>
  isTrouble(cause) || (isRisk(cause) && BY_RISK.has(effect.symptom));

/** The most telling finding that came no later and may have led to this one: the worst first. */
function causeOf(effect: Finding, findings: readonly Finding[]): Finding | undefined {
  const before = (a: Finding, b: Finding) => a.firstStep - b.firstStep || rankOf(a) - rankOf(b);
  const candidates = findings.filter(
    (finding) =>
      LEADS_TO.get(finding.symptom)?.has(effect.symptom) &&
      mayExplain(finding, effect) &&
      before(finding, effect) < 0 &&
      (finding.state === "open" || effect.state === "resolved"),
  );
  const order = (finding: Finding) => severityOf(finding) * EFFECTS.length + rankOf(finding);
  return candidates.sort((a, b) => order(a) - order(b))[0];
}

function isAncestor(
  ancestor: Finding,
  finding: Finding,
  cause: ReadonlyMap<Finding, Finding | undefined>,
): boolean {
  const parent = cause.get(finding);
  return parent !== undefined && (parent === ancestor || isAncestor(ancestor, parent, cause));
}

function worst(findings: readonly Finding[]): Severity {
  return SEVERITIES[Math.min(...findings.map(severityOf))] ?? "info";
}
